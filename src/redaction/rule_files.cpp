// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/rule_files.h"

#include "base/thread_guard.h"

#include <QDir>
#include <QFile>

#include <toml++/toml.h>

#include <limits>
#include <set>
#include <utility>

namespace sharelock::redaction {

namespace {

//! \brief Reads one table; remembers the first mistake and where it is.
class RuleReader
{
public:
    explicit RuleReader(const toml::table& table)
        : m_table(table)
        , m_line(table.source().begin.line)
    {
    }

    [[nodiscard]] RuleSource read();
    [[nodiscard]] const QString& mistake() const { return m_mistake; }
    [[nodiscard]] std::size_t line() const { return m_line; }

private:
    void complain(const toml::node* node, const QString& what)
    {
        if (!m_mistake.isEmpty())
            return;
        m_mistake = what;
        if (node != nullptr)
            m_line = node->source().begin.line;
    }

    const toml::node* take(std::string_view key)
    {
        m_known.insert(key);
        return m_table.get(key);
    }

    template <typename T>
    void value(std::string_view key, T& target)
    {
        const toml::node* const node = take(key);
        if (node == nullptr)
            return;
        if (const auto read = node->value_exact<T>())
            target = *read;
        else
            complain(node, QStringLiteral("%1 has a value of the wrong type").arg(text(key)));
    }

    void required(std::string_view key, std::string& target)
    {
        value(key, target);
        if (target.empty())
            complain(nullptr, QStringLiteral("%1 is missing").arg(text(key)));
    }

    template <typename Integer>
    void number(std::string_view key, Integer& target)
    {
        std::int64_t wide = static_cast<std::int64_t>(target);
        value(key, wide);
        if (wide < 0 || wide > std::numeric_limits<int>::max())
            complain(m_table.get(key), QStringLiteral("%1 is out of range").arg(text(key)));
        else
            target = static_cast<Integer>(wide);
    }

    template <typename T>
    void named(std::string_view key, T& target, std::optional<T> (*valueOf)(std::string_view), bool needed)
    {
        std::string name;
        value(key, name);
        if (name.empty()) {
            if (needed)
                complain(nullptr, QStringLiteral("%1 is missing").arg(text(key)));
            return;
        }
        if (const auto found = valueOf(name))
            target = *found;
        else
            complain(m_table.get(key), QStringLiteral("%1 knows no such name").arg(text(key)));
    }

    void list(std::string_view key, std::vector<std::string>& target)
    {
        const toml::node* const node = take(key);
        if (node == nullptr)
            return;
        const toml::array* const array = node->as_array();
        if (array == nullptr) {
            complain(node, QStringLiteral("%1 is no list").arg(text(key)));
            return;
        }
        for (const toml::node& element : *array) {
            if (const auto read = element.value_exact<std::string>())
                target.push_back(*read);
            else
                complain(&element, QStringLiteral("%1 has an element that is no text").arg(text(key)));
        }
    }

    void entropy(RuleSource& rule)
    {
        if (const toml::node* const node = take("entropy")) {
            if (const auto read = node->value<double>(); read && *read >= 0)
                rule.entropy = *read;
            else
                complain(node, QStringLiteral("entropy is no number"));
        }
    }

    //! \brief `true`, `false`, or the one side that is minded.
    void boundary(RuleSource& rule)
    {
        const toml::node* const node = take("boundary");
        if (node == nullptr)
            return;
        const auto both = node->value_exact<bool>();
        const auto side = node->value_exact<std::string>();
        if (!both && (!side || (*side != "left" && *side != "right")))
            complain(node, QStringLiteral("boundary is true, false, left or right"));
        rule.boundaryBefore = both ? *both : side && *side == "left";
        rule.boundaryAfter = both ? *both : side && *side == "right";
    }

    void shape(RuleSource& rule)
    {
        value("pattern", rule.pattern);
        std::string shape;
        value("shape", shape);
        if (shape == "assignment")
            rule.shape = RuleShape::Assignment;
        else if (shape == "column")
            rule.shape = RuleShape::Column;
        else if (shape == "email")
            rule.shape = RuleShape::Email;
        else if (!shape.empty())
            complain(m_table.get("shape"), QStringLiteral("shape knows no such name"));
        if ((rule.shape != RuleShape::Pattern) != rule.pattern.empty())
            complain(nullptr, QStringLiteral("needs either a pattern or a shape"));
    }

    void unknownKeys()
    {
        for (const auto& [key, node] : m_table) {
            if (!m_known.contains(key.str()))
                complain(&node, QStringLiteral("%1 is not known").arg(text(key.str())));
        }
    }

    static QString text(std::string_view utf8)
    {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    }

    const toml::table& m_table;
    std::set<std::string_view> m_known;
    QString m_mistake;
    std::size_t m_line = 0;
};

RuleSource RuleReader::read()
{
    RuleSource rule;
    required("id", rule.id);
    required("title", rule.title);
    required("reason", rule.reason);
    named("kind", rule.kind, kindOf, true);
    if (rule.kind == FindingKind::OwnWord)
        complain(m_table.get("kind"), QStringLiteral("kind knows no such name"));
    named("severity", rule.severity, severityOf, true);
    named("confidence", rule.confidence, confidenceOf, true);
    named("validator", rule.validator, validatorOf, false);
    list("literals", rule.literals);
    value("ignore_case", rule.ignoreCase);
    shape(rule);
    number("secret", rule.secretGroup);
    boundary(rule);
    number("reach", rule.reach);
    entropy(rule);
    number("min_length", rule.minLength);
    value("mixed", rule.mixed);
    value("words", rule.words);
    list("except", rule.except);
    list("only", rule.only);
    list("examples", rule.examples);
    list("counterexamples", rule.counterexamples);
    unknownKeys();
    return rule;
}

tl::unexpected<Error> brokenAt(const QString& fileName, std::size_t line, const QString& what)
{
    return fail(ErrorCode::RulesBroken, QStringLiteral("%1:%2").arg(fileName).arg(line), what);
}

Expected<std::vector<RuleSource>> rulesIn(const toml::table& file, const QString& fileName)
{
    std::vector<RuleSource> rules;
    for (const auto& [key, node] : file) {
        const toml::array* const array = node.as_array();
        if (key.str() != "rule" || array == nullptr || !array->is_array_of_tables())
            return brokenAt(fileName, node.source().begin.line, QStringLiteral("expected [[rule]]"));
        for (const toml::node& element : *array) {
            RuleReader reader(*element.as_table());
            rules.push_back(reader.read());
            if (!reader.mistake().isEmpty())
                return brokenAt(fileName, reader.line(), reader.mistake());
        }
    }
    return rules;
}

std::vector<RuleSource> readBuiltIn()
{
    std::vector<RuleSource> all;
    const QDir folder(QStringLiteral(":/rules"));
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("rules can't be read");
        const QByteArray content = file.readAll();
        auto rules = parseRules({content.constData(), static_cast<std::size_t>(content.size())}, name);
        if (!rules)
            qFatal("%s: %s", qPrintable(rules.error().subject), qPrintable(rules.error().detail));
        for (RuleSource& rule : *rules)
            rule.isBuiltIn = true;
        all.insert(all.end(), std::make_move_iterator(rules->begin()), std::make_move_iterator(rules->end()));
    }
    return all;
}

std::shared_ptr<const RuleSet> compiledBuiltIn(std::vector<RuleSource> sources)
{
    auto compiled = RuleSet::compile(std::move(sources));
    if (!compiled)
        qFatal("%s: %s", qPrintable(compiled.error().subject), qPrintable(compiled.error().detail));
    return std::move(*compiled);
}

} // namespace

Expected<std::vector<RuleSource>> parseRules(std::string_view toml, const QString& fileName)
{
    assertOffGuiThread("reading rules");
    try {
        return rulesIn(toml::parse(toml), fileName);
    } catch (const toml::parse_error& error) {
        return brokenAt(fileName, error.source().begin.line,
                        QString::fromUtf8(error.description().data(),
                                          static_cast<qsizetype>(error.description().size())));
    }
}

// A mistake in what is compiled in is a mistake of the program; the tests of the rules see it first.
const std::vector<RuleSource>& builtInRuleSources()
{
    static const std::vector<RuleSource> sources = readBuiltIn();
    return sources;
}

std::shared_ptr<const RuleSet> builtInRules(Infrastructure infrastructure)
{
    assertOffGuiThread("reading rules");
    if (infrastructure == Infrastructure::Included) {
        static const auto all = compiledBuiltIn(builtInRuleSources());
        return all;
    }
    static const auto usual = [] {
        std::vector<RuleSource> sources = builtInRuleSources();
        std::erase_if(sources,
                      [](const RuleSource& rule) { return rule.kind == FindingKind::Infrastructure; });
        return compiledBuiltIn(std::move(sources));
    }();
    return usual;
}

} // namespace sharelock::redaction
