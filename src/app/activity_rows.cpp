// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/activity_rows.h"

#include "app/link_rows.h"
#include "app/times.h"
#include "base/thread_guard.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace sharelock::app {

namespace {

struct ActName
{
    const char* act;
    const char* text;
};

constexpr ActName actNames[] = {
    {"publish", QT_TRANSLATE_NOOP("Activity", "Published")},
    {"update", QT_TRANSLATE_NOOP("Activity", "Updated")},
    {"share", QT_TRANSLATE_NOOP("Activity", "Shared live")},
    {"intake", QT_TRANSLATE_NOOP("Activity", "Found in opencode")},
    {"unshared-elsewhere", QT_TRANSLATE_NOOP("Activity", "Unshared by opencode")},
    {"expiry", QT_TRANSLATE_NOOP("Activity", "Expiry set")},
    {"key", QT_TRANSLATE_NOOP("Activity", "Key kept")},
    {"recover", QT_TRANSLATE_NOOP("Activity", "Searched for the key")},
    {"replace", QT_TRANSLATE_NOOP("Activity", "To be replaced by a snapshot")},
    {"create", QT_TRANSLATE_NOOP("Activity", "Created")},
    {"upload", QT_TRANSLATE_NOOP("Activity", "Uploaded")},
    {"takedown", QT_TRANSLATE_NOOP("Activity", "Takedown")},
    {"read", QT_TRANSLATE_NOOP("Activity", "Read")},
    {"blank", QT_TRANSLATE_NOOP("Activity", "Blanked")},
    {"delete", QT_TRANSLATE_NOOP("Activity", "Deleted")},
    {"recreate", QT_TRANSLATE_NOOP("Activity", "Cleared again")},
    {"probe", QT_TRANSLATE_NOOP("Activity", "Probed")},
    {"reconcile", QT_TRANSLATE_NOOP("Activity", "Told opencode")},
    {"reseal", QT_TRANSLATE_NOOP("Activity", "Keys sealed again")},
    {"forget", QT_TRANSLATE_NOOP("Activity", "Reservation dropped")},
};

//! \brief A code's name as words: receipts keep the name only, the words of an error need its subject.
QString outcomeText(const QString& outcome)
{
    if (outcome == QLatin1String("ok"))
        return QCoreApplication::translate("Activity", "Done");
    QString words = outcome;
    words.replace(QLatin1Char('-'), QLatin1Char(' '));
    return words.isEmpty() ? words : words.at(0).toUpper() + words.mid(1);
}

QString evidence(const sharing::Receipt& receipt)
{
    const auto hex = [](const QByteArray& digest) { return QString::fromLatin1(digest.left(8).toHex()); };
    QStringList lines;
    if (!receipt.asked.isEmpty())
        lines.append(receipt.asked + QStringLiteral(" → ") + receipt.answered);
    if (!receipt.publicBefore.isEmpty())
        lines.append(QCoreApplication::translate("Activity", "Digest of what was public before: %1")
                         .arg(hex(receipt.publicBefore)));
    if (!receipt.publicAfter.isEmpty())
        lines.append(QCoreApplication::translate("Activity", "Digest of what was public then: %1")
                         .arg(hex(receipt.publicAfter)));
    return lines.join(QLatin1Char('\n'));
}

//! \brief Receipts hold times as programs read them.
QString detailText(const sharing::Receipt& receipt)
{
    const QDateTime time = receipt.act == QLatin1String("expiry")
                               ? QDateTime::fromString(receipt.detail, Qt::ISODateWithMs)
                               : QDateTime();
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat) : receipt.detail;
}

ActivityRow row(const sharing::Receipt& receipt)
{
    ActivityRow result;
    result.key = QString::number(receipt.number);
    result.act = receipt.act;
    result.actText = actText(receipt.act);
    result.outcome = receipt.outcome;
    result.outcomeText = outcomeText(receipt.outcome);
    result.title = receipt.title;
    if (!receipt.link.shareId.isEmpty()) {
        result.url = receipt.link.origin.toString() + QStringLiteral("/share/") + receipt.link.shareId;
        result.linkName = linkName(receipt.link);
    }
    result.detail = detailText(receipt);
    result.evidence = evidence(receipt);
    result.searchKey = QStringList{result.actText, result.title, result.url, result.detail}
                           .join(QLatin1Char('\n'))
                           .toLower();
    result.at = dateTime(receipt.at);
    result.ok = receipt.outcome == QLatin1String("ok");
    result.isProof = receipt.isProof;
    return result;
}

} // namespace

QString actText(const QString& act)
{
    for (const ActName& name : actNames) {
        if (act == QLatin1String(name.act))
            return QCoreApplication::translate("Activity", name.text);
    }
    return act;
}

ActivityRows activityRows(const std::vector<sharing::Receipt>& receipts)
{
    assertOffGuiThread("making the rows of the activity");
    auto result = std::make_shared<std::vector<ActivityRow>>();
    result->reserve(receipts.size());
    for (const sharing::Receipt& receipt : receipts)
        result->push_back(row(receipt));
    return result;
}

} // namespace sharelock::app
