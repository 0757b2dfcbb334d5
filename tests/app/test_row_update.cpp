// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/row_update.h"

#include <QAbstractItemModelTester>
#include <QAbstractListModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace sharelock::app;

namespace {

struct Row
{
    QString key;
    int value = 0;
    bool operator==(const Row&) const = default;
};

class Model : public QAbstractListModel
{
public:
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(m_rows.at(static_cast<std::size_t>(index.row())).key)
                                       : QVariant();
    }
    void set(std::vector<Row> rows)
    {
        RowUpdate::apply(*this, m_rows, std::move(rows), [](const Row& row) { return row.key; });
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

private:
    friend struct sharelock::app::RowUpdate;
    std::vector<Row> m_rows;
};

std::vector<Row> rows(const char* keys)
{
    std::vector<Row> result;
    for (const char* key = keys; *key != '\0'; ++key)
        result.push_back({QString(QLatin1Char(*key))});
    return result;
}

} // namespace

class TestRowUpdate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneChange_data();
    void oneChange();
    void oneRowOfThousands();
    void contentAlone();
    void duplicateKeys();
    void manyChangesAreOneReset_data();
    void manyChangesAreOneReset();
    void anyListBecomesAnyOther();
};

void TestRowUpdate::oneChange_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("removals");
    QTest::addColumn<int>("insertions");
    const auto row = [](const char* name, const char* before, const char* after, int removals,
                        int insertions) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << removals << insertions;
    };
    row("nothing", "abc", "abc", 0, 0);
    row("first rows", "", "abc", 0, 1);
    row("all gone", "abc", "", 1, 0);
    row("inserted at the front", "abc", "xabc", 0, 1);
    row("inserted in the middle", "abc", "abxc", 0, 1);
    row("removed in the middle", "abcd", "ad", 1, 0);
    row("moved to the front", "abcd", "dabc", 1, 1);
    row("two places", "abcdef", "xabcyf", 1, 2);
    row("all others", "abc", "xyz", 1, 1);
}

void TestRowUpdate::oneChange()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.set(rows(before.constData()));
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.set(rows(after.constData()));
    QCOMPARE(model.rows(), rows(after.constData()));
    QTEST(static_cast<int>(removed.size()), "removals");
    QTEST(static_cast<int>(inserted.size()), "insertions");
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 0);
}

void TestRowUpdate::oneRowOfThousands()
{
    std::vector<Row> list;
    for (int i = 0; i < 10'000; ++i)
        list.push_back({QString::number(i), i});
    Model model;
    model.set(list);
    // What opencode does to a list that is sorted by time: one session comes to the top.
    Row touched = list[7000];
    list.erase(list.begin() + 7000);
    touched.value = -1;
    list.insert(list.begin(), touched);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.set(list);
    QCOMPARE(model.rows(), list);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.at(0).at(1).toInt(), 7000);
    QCOMPARE(removed.at(0).at(2).toInt(), 7000);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 0);
    QCOMPARE(reset.size(), 0);
}

void TestRowUpdate::contentAlone()
{
    Model model;
    model.set(rows("abcdefg"));
    auto next = rows("abcdefg");
    next[1].value = 1;
    next[2].value = 1;
    next[5].value = 1;
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.set(next);
    QCOMPARE(model.rows(), next);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 2);
    QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 5);
}

void TestRowUpdate::duplicateKeys()
{
    // Keys should be unique; when they are not, the list is still the right one.
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.set(rows("aabca"));
    model.set(rows("acaab"));
    QCOMPARE(model.rows(), rows("acaab"));
    model.set(rows("aaaa"));
    QCOMPARE(model.rows(), rows("aaaa"));
}

void TestRowUpdate::manyChangesAreOneReset_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("resets");
    QTest::newRow("links taken in between others") << 2000 << 0;
    QTest::newRow("a word typed into a long list") << 10'000 << 1;
}

void TestRowUpdate::manyChangesAreOneReset()
{
    QFETCH(int, count);
    QFETCH(int, resets);
    std::vector<Row> all;
    std::vector<Row> half;
    for (int i = 0; i < count; ++i) {
        all.push_back({QString::number(i)});
        if (i % 2 == 0)
            half.push_back(all.back());
    }
    Model model;
    model.set(all);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.set(half);
    QCOMPARE(model.rows(), half);
    model.set(all);
    QCOMPARE(model.rows(), all);
    QCOMPARE(static_cast<int>(reset.size()), 2 * resets);
    QCOMPARE(static_cast<int>(removed.size()), resets == 0 ? count / 2 : 0);
    QCOMPARE(static_cast<int>(inserted.size()), resets == 0 ? count / 2 : 0);
}

void TestRowUpdate::anyListBecomesAnyOther()
{
    QRandomGenerator random(20261122);
    const auto list = [&random] {
        std::vector<Row> result;
        const int size = random.bounded(30);
        for (int i = 0; i < size; ++i)
            result.push_back({QString::number(random.bounded(40)), random.bounded(3)});
        return result;
    };
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int round = 0; round < 500; ++round) {
        const auto next = list();
        model.set(next);
        QCOMPARE(model.rows(), next);
    }
}

QTEST_GUILESS_MAIN(TestRowUpdate)
#include "test_row_update.moc"
