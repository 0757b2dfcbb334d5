// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/gitleaks_file.h"

#include "base/thread_guard.h"
#include "redaction/ascii.h"
#include "redaction/gitleaks_rule.h"
#include "redaction/toml_depth.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;
constexpr std::size_t mostRules = 2'000;
constexpr std::size_t mostProblems = 50;
constexpr std::size_t mostAllowedPatterns = 5'000;
constexpr std::size_t mostStopwords = 50'000;
constexpr std::size_t deepestName = 16;
constexpr int mostExtensions = 3;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string lowerCase(std::string_view name)
{
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), toLower);
    return lower;
}

//! \brief A table whose names may be in any case, as gitleaks reads them. Remembers the first mistake.
class Table
{
public:
    explicit Table(const toml::table& table)
        : m_table(table)
        , m_line(table.source().begin.line)
    {
    }

    //! \brief Null if there is none. \p name in lower case.
    const toml::node* take(std::string_view name)
    {
        m_known.emplace(name);
        for (const auto& [key, node] : m_table) {
            if (lowerCase(key.str()) == name)
                return &node;
        }
        return nullptr;
    }

    std::string string(std::string_view name)
    {
        const toml::node* const node = take(name);
        if (node == nullptr)
            return {};
        if (const auto value = node->value_exact<std::string>())
            return *value;
        complain(node, QStringLiteral("%1 is no text").arg(text(name)));
        return {};
    }

    std::optional<double> number(std::string_view name)
    {
        const toml::node* const node = take(name);
        if (node == nullptr)
            return std::nullopt;
        const auto value = node->value<double>();
        constexpr double largest = 1e6;
        if (!value || !(*value >= 0 && *value <= largest))
            complain(node, QStringLiteral("%1 is no such number").arg(text(name)));
        return value;
    }

    bool flag(std::string_view name)
    {
        const toml::node* const node = take(name);
        return node != nullptr && node->value<bool>().value_or(false);
    }

    std::vector<std::string> list(std::string_view name)
    {
        std::vector<std::string> values;
        const toml::node* const node = take(name);
        if (node == nullptr)
            return values;
        const toml::array* const array = node->as_array();
        if (array == nullptr) {
            complain(node, QStringLiteral("%1 is no list").arg(text(name)));
            return values;
        }
        for (const toml::node& element : *array) {
            if (const auto value = element.value_exact<std::string>())
                values.push_back(*value);
            else
                complain(&element, QStringLiteral("%1 has an element that is no text").arg(text(name)));
        }
        return values;
    }

    //! \brief The tables of that name, whether there is one or a list of them.
    std::vector<const toml::table*> tables(std::string_view name)
    {
        std::vector<const toml::table*> found;
        const toml::node* const node = take(name);
        if (node == nullptr)
            return found;
        if (const toml::table* const one = node->as_table())
            return {one};
        const toml::array* const array = node->as_array();
        for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
            if (const toml::table* const each = array->get(i)->as_table())
                found.push_back(each);
        }
        if (array == nullptr || found.size() != array->size())
            complain(node, QStringLiteral("%1 is no table").arg(text(name)));
        return found;
    }

    [[nodiscard]] QStringList unknown() const
    {
        QStringList names;
        for (const auto& [key, node] : m_table) {
            if (!m_known.contains(lowerCase(key.str())))
                names.append(text(key.str()));
        }
        return names;
    }

    void complain(const toml::node* node, const QString& what)
    {
        if (!m_mistake.isEmpty())
            return;
        m_mistake = what;
        if (node != nullptr)
            m_line = node->source().begin.line;
    }

    [[nodiscard]] const QString& mistake() const { return m_mistake; }
    [[nodiscard]] std::size_t line() const { return m_line; }

private:
    const toml::table& m_table;
    std::set<std::string, std::less<>> m_known;
    QString m_mistake;
    std::size_t m_line = 0;
};

//! \brief Reads a file and those that it extends.
class FileReader
{
public:
    explicit FileReader(ForeignRules& result)
        : m_result(result)
    {
    }

    std::vector<GitleaksRule> read(const QString& path, int depth);
    void problem(const QString& file, std::size_t line, const QString& what);
    void note(const QString& file, std::size_t line, const QString& what);

    GitleaksTranslation translation;

private:
    //! \brief An allowlist, and the rules it is for; none for all.
    struct Allowlist
    {
        Allowance allowance;
        std::vector<std::string> rules;
    };

    [[nodiscard]] std::optional<std::string> content(const QString& path);
    std::vector<GitleaksRule> rulesIn(const toml::table& file, const QString& path, int depth);
    std::vector<GitleaksRule> extended(Table& top, const QString& path, int depth, bool& usesDefault);
    std::optional<Allowlist> allowlist(const toml::table& table, const QString& path);
    void addRule(const toml::table& table, const QString& path, bool usesDefault,
                 std::vector<GitleaksRule>& rules, std::set<std::string>& own);

    ForeignRules& m_result;
    std::size_t m_rules = 0;
    std::size_t m_patterns = 0;
    std::size_t m_stopwords = 0;
};

void FileReader::problem(const QString& file, std::size_t line, const QString& what)
{
    if (m_result.problems.size() == mostProblems)
        m_result.problems.push_back({ErrorCode::RulesBroken, file, QStringLiteral("and more")});
    if (m_result.problems.size() < mostProblems)
        m_result.problems.push_back(
            {ErrorCode::RulesBroken, QStringLiteral("%1:%2").arg(file).arg(line), what});
}

void FileReader::note(const QString& file, std::size_t line, const QString& what)
{
    if (m_result.notes.size() < static_cast<qsizetype>(mostProblems))
        m_result.notes.append(QStringLiteral("%1:%2: %3").arg(file).arg(line).arg(what));
}

std::optional<std::string> FileReader::content(const QString& path)
{
    const QFileInfo info(path);
    QFile file(path);
    QString mistake;
    QByteArray bytes;
    if (!info.isFile())
        mistake = info.exists() ? QStringLiteral("is no file") : QStringLiteral("there is no such file");
    else if (!file.open(QIODevice::ReadOnly))
        mistake = file.errorString();
    else
        bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        mistake = QStringLiteral("is larger than %1 MB").arg(largestFile / 1024 / 1024);
    if (mistake.isEmpty())
        return bytes.toStdString();
    problem(path, 0, mistake);
    return std::nullopt;
}

std::vector<GitleaksRule> FileReader::read(const QString& path, int depth)
{
    m_result.files.append(path);
    const auto toml = content(path);
    if (!toml)
        return {};
    if (const auto line = lineOfDeepName(*toml, deepestName)) {
        problem(path, *line, QStringLiteral("a name has too many parts"));
        return {};
    }
    try {
        return rulesIn(toml::parse(*toml), path, depth);
    } catch (const toml::parse_error& error) {
        problem(path, error.source().begin.line, text(error.description()));
        return {};
    }
}

std::vector<GitleaksRule> FileReader::extended(Table& top, const QString& path, int depth, bool& usesDefault)
{
    std::vector<GitleaksRule> rules;
    for (const toml::table* const table : top.tables("extend")) {
        Table extend(*table);
        usesDefault = extend.flag("usedefault");
        const std::string base = extend.string("path");
        const std::vector<std::string> disabled = extend.list("disabledrules");
        if (extend.take("url") != nullptr)
            problem(path, extend.line(), QStringLiteral("extend.url is not fetched"));
        if (!extend.mistake().isEmpty())
            problem(path, extend.line(), extend.mistake());
        if (base.empty())
            continue;
        const QString file = QDir::cleanPath(QFileInfo(path).absoluteDir().filePath(text(base)));
        if (depth == mostExtensions)
            problem(path, extend.line(), QStringLiteral("extend.path: too many files extend each other"));
        else if (m_result.files.contains(file))
            problem(path, extend.line(), QStringLiteral("extend.path: %1 was read before").arg(file));
        else
            rules = read(file, depth + 1);
        std::erase_if(rules, [&disabled](const GitleaksRule& rule) {
            return std::find(disabled.begin(), disabled.end(), rule.id) != disabled.end();
        });
    }
    return rules;
}

std::optional<FileReader::Allowlist> FileReader::allowlist(const toml::table& table, const QString& path)
{
    Table reader(table);
    Allowlist list;
    const std::string target = lowerCase(reader.string("regextarget"));
    const std::string condition = lowerCase(reader.string("condition"));
    const bool asksForPlace = reader.take("commits") != nullptr || reader.take("paths") != nullptr;
    list.rules = reader.list("targetrules");
    list.allowance.target = target == "line"    ? Allowance::Target::Line
                            : target == "match" ? Allowance::Target::Match
                                                : Allowance::Target::Secret;
    list.allowance.patterns = reader.list("regexes");
    for (const std::string& stopword : reader.list("stopwords"))
        list.allowance.stopwords.push_back(lowerCase(stopword));
    const bool isAnd = condition == "and" || condition == "&&";
    list.allowance.needsBoth = isAnd && !list.allowance.patterns.empty() && !list.allowance.stopwords.empty();
    m_patterns += list.allowance.patterns.size();
    m_stopwords += list.allowance.stopwords.size();
    if (m_patterns > mostAllowedPatterns || m_stopwords > mostStopwords)
        reader.complain(nullptr, QStringLiteral("the allowlists are too long"));
    for (std::string& pattern : list.allowance.patterns) {
        pattern = withNamedGroups(std::move(pattern));
        if (!reader.mistake().isEmpty())
            break;
        if (const QString mistake = translation.mistakeIn(pattern); !mistake.isEmpty())
            reader.complain(reader.take("regexes"), mistake);
    }
    if (!reader.mistake().isEmpty()) {
        problem(path, reader.line(), reader.mistake());
        return std::nullopt;
    }
    // What allows only together with a path or a commit can't be said here.
    if ((isAnd && asksForPlace) || (list.allowance.patterns.empty() && list.allowance.stopwords.empty())) {
        if (asksForPlace)
            note(path, reader.line(), QStringLiteral("paths and commits allow nothing in a conversation"));
        return std::nullopt;
    }
    return list;
}

void FileReader::addRule(const toml::table& table, const QString& path, bool usesDefault,
                         std::vector<GitleaksRule>& rules, std::set<std::string>& own)
{
    Table reader(table);
    GitleaksRule rule;
    rule.id = reader.string("id");
    rule.file = path.toStdString();
    rule.line = reader.line();
    rule.description = reader.string("description");
    rule.regex = reader.string("regex");
    rule.hasPath = reader.take("path") != nullptr;
    if (const auto group = reader.number("secretgroup"))
        rule.secretGroup = static_cast<int>(*group);
    rule.entropy = reader.number("entropy");
    rule.keywords = reader.list("keywords");
    const bool isHelper = reader.flag("skipreport");
    const bool needsOthers = reader.take("required") != nullptr;
    for (const char* const known : {"tags", "severity", "report"})
        (void)reader.take(known);
    for (const char* const name : {"allowlist", "allowlists"}) {
        for (const toml::table* const each : reader.tables(name)) {
            if (auto list = allowlist(*each, path))
                rule.allowances.push_back(std::move(list->allowance));
        }
    }
    if (!reader.mistake().isEmpty()) {
        problem(path, reader.line(), reader.mistake());
        return;
    }
    for (const QString& name : reader.unknown())
        note(path, rule.line, QStringLiteral("%1 is not known").arg(name));
    if (isHelper)
        return;
    if (needsOthers)
        note(path, rule.line, QStringLiteral("the rule is taken without those that it requires"));
    if (rule.id.empty())
        rule.id = "line-" + std::to_string(rule.line);
    if (!own.insert(rule.id).second) {
        problem(path, rule.line, QStringLiteral("there is another rule “%1”").arg(text(rule.id)));
        return;
    }
    const auto base = std::find_if(rules.begin(), rules.end(),
                                   [&rule](const GitleaksRule& each) { return each.id == rule.id; });
    if (base != rules.end()) {
        // What a file says of a rule that it extends is added to it.
        base->description = rule.description.empty() ? base->description : rule.description;
        base->regex = rule.regex.empty() ? base->regex : rule.regex;
        base->secretGroup = rule.secretGroup ? rule.secretGroup : base->secretGroup;
        base->entropy = rule.entropy ? rule.entropy : base->entropy;
        base->keywords.insert(base->keywords.end(), rule.keywords.begin(), rule.keywords.end());
        base->allowances.insert(base->allowances.end(), rule.allowances.begin(), rule.allowances.end());
        return;
    }
    if (rule.regex.empty()) {
        if (usesDefault)
            note(path, rule.line,
                 QStringLiteral("changes a rule of gitleaks' own, in whose place ours stand"));
        else if (rule.hasPath)
            note(path, rule.line, QStringLiteral("the rule looks for files only"));
        else
            problem(path, rule.line, QStringLiteral("regex is missing"));
        return;
    }
    if (rule.hasPath)
        note(path, rule.line, QStringLiteral("the rule is tried in every text, whatever its path"));
    rules.push_back(std::move(rule));
}

std::vector<GitleaksRule> FileReader::rulesIn(const toml::table& file, const QString& path, int depth)
{
    Table top(file);
    bool usesDefault = false;
    std::vector<GitleaksRule> rules = extended(top, path, depth, usesDefault);
    std::set<std::string> own;
    for (const toml::table* const table : top.tables("rules")) {
        if (++m_rules > mostRules) {
            problem(path, table->source().begin.line,
                    QStringLiteral("there are more than %1 rules; the others are left out").arg(mostRules));
            break;
        }
        addRule(*table, path, usesDefault, rules, own);
    }
    for (const char* const name : {"allowlist", "allowlists"}) {
        for (const toml::table* const each : top.tables(name)) {
            const auto list = allowlist(*each, path);
            for (GitleaksRule& rule : rules) {
                if (list && (list->rules.empty() ||
                             std::find(list->rules.begin(), list->rules.end(), rule.id) != list->rules.end()))
                    rule.allowances.push_back(list->allowance);
            }
        }
    }
    for (const char* const known : {"title", "description", "minversion"})
        (void)top.take(known);
    if (!top.mistake().isEmpty())
        problem(path, top.line(), top.mistake());
    for (const QString& name : top.unknown())
        note(path, 1, QStringLiteral("%1 is not known").arg(name));
    return rules;
}

} // namespace

ForeignRules readGitleaksFile(const QString& path, const std::string& prefix)
{
    assertOffGuiThread("reading rules");
    ForeignRules result;
    FileReader reader(result);
    for (const GitleaksRule& rule : reader.read(path, 0)) {
        auto translated = reader.translation.translate(rule, prefix);
        if (translated)
            result.rules.push_back(*std::move(translated));
        else
            reader.problem(QString::fromStdString(rule.file), rule.line, translated.error());
    }
    return result;
}

} // namespace sharelock::redaction
