// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "document/json_tree.h"
#include "document/rewrite_ids.h"
#include "sample_conversation.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace sharelock;
using namespace sharelock::document;

namespace {

std::vector<std::string> found(const std::string& json, const char* pattern)
{
    std::vector<std::string> all;
    auto matches = QRegularExpression(QString::fromLatin1(pattern)).globalMatch(QString::fromStdString(json));
    while (matches.hasNext())
        all.push_back(matches.next().captured().toStdString());
    return all;
}

} // namespace

class TestRewriteIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noOldIdSurvives()
    {
        std::vector<std::string> ids;
        const ShareDocument document = conversation(50, &ids);
        const auto rewriting = randomRewriting(document);
        QVERIFY(rewriting);
        const auto rewritten = withNewIds(document, *rewriting);
        QVERIFY(rewritten);
        std::string all = rewritten->toJson();
        for (const ShareItem& item : rewritten->items())
            all += item.key + '\n';
        for (const std::string& id : ids)
            QVERIFY2(all.find(id) == std::string::npos, id.c_str());
        QCOMPARE(rewritten->sessionId(), rewriting->sessionId);
        QVERIFY(all.find("https://x/s/") == std::string::npos);
        const auto tree = JsonTree::parse(rewritten->items()[0].data);
        QVERIFY(tree);
        QVERIFY(!tree->root()["parentID"]);
        QVERIFY(!tree->root()["share"]);
        QCOMPARE(tree->root()["title"].text(), std::string("T"));
        QCOMPARE(tree->root()["projectID"].text().size(), project.size());
        QVERIFY(tree->root()["workspaceID"].text().starts_with("wrk_"));
        QVERIFY2(rewritten->items()[2].data.find("parentID") == std::string::npos &&
                     rewritten->items()[3].data.find("parentID") != std::string::npos,
                 "a message keeps its parent");
    }

    void equalStaysEqualAndDifferentDifferent()
    {
        const ShareDocument document = conversation(60);
        const auto rewriting = randomRewriting(document);
        QVERIFY(rewriting);
        const auto rewritten = withNewIds(document, *rewriting);
        QVERIFY(rewritten);
        const char* const pattern = "(ses|msg|prt)_[0-9A-Za-z]{26}";
        // parentID of the session is gone on the one side, so it is taken out on the other as well.
        const std::vector<std::string> before =
            found(document.toJson().substr(document.items()[0].data.size()), pattern);
        const std::vector<std::string> after =
            found(rewritten->toJson().substr(rewritten->items()[0].data.size()), pattern);
        QCOMPARE(after.size(), before.size());
        std::map<std::string, std::string> forth, back;
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(forth.emplace(before[i], after[i]).first->second, after[i]);
            QCOMPARE(back.emplace(after[i], before[i]).first->second, before[i]);
            QCOMPARE(before[i].substr(0, 4), after[i].substr(0, 4));
        }
    }

    void orderIsKept()
    {
        std::vector<std::string> ids;
        const ShareDocument document = conversation(200, &ids);
        const auto rewriting = randomRewriting(document);
        QVERIFY(rewriting);
        const auto rewritten = withNewIds(document, *rewriting);
        QVERIFY(rewritten);
        for (const auto type : {ItemType::Message, ItemType::Part}) {
            std::vector<std::string> keys;
            for (const ShareItem& item : rewritten->items()) {
                if (item.type == type)
                    keys.push_back(item.key);
            }
            QVERIFY(std::is_sorted(keys.begin(), keys.end()));
        }
        QCOMPARE(otherSession > session, true);
        const auto sessions = found(rewritten->items()[2].data, "ses_[0-9A-Za-z]{26}");
        QCOMPARE(sessions.size(), std::size_t(2));
        QVERIFY2(sessions[1] > sessions[0], "sessions keep their order too");
    }

    void keysAgreeWithTheData()
    {
        const ShareDocument document = conversation(5);
        const auto rewritten = withNewIds(document, *randomRewriting(document));
        QVERIFY(rewritten);
        const auto again = ShareDocument::parse(rewritten->toJson());
        QVERIFY(again);
        QCOMPARE(*again, *rewritten);
    }

    void theSameRewritingGivesTheSameIds()
    {
        const auto rewriting = randomRewriting(conversation(10));
        QVERIFY(rewriting);
        const auto first = withNewIds(conversation(10), *rewriting);
        const auto grown = withNewIds(conversation(20), *rewriting);
        QVERIFY(first && grown);
        QVERIFY(std::equal(first->items().begin(), first->items().end(), grown->items().begin()));
    }

    //! An update maps IDs that nobody knew when the shift was chosen, from before and after all others.
    void laterAndEarlierIdsKeepTheirPlace()
    {
        const auto document = [](const std::vector<std::string>& times) {
            ShareDocument made;
            made.addKeyed(ItemType::Session, "session",
                          R"({"id":"ses_800000000000AbCdEfGhIjKlMn","title":"T"})");
            for (const std::string& time : times) {
                const std::string id = "msg_" + time + "AbCdEfGhIjKlMn";
                made.addKeyed(ItemType::Message, "message/" + id, R"({"id":")" + id + R"("})");
            }
            return made;
        };
        const auto first = document({"7000000000a0", "7000000000b0"});
        const std::vector<std::string> all{"000000000000", "000000000001", "0000000f0000", "6fffffffffff",
                                           "7000000000a0", "7000000000b0", "7000000000b1", "ffffffffffff"};
        for (int round = 0; round < 200; ++round) {
            const auto rewriting = randomRewriting(first);
            QVERIFY(rewriting);
            const auto before = withNewIds(first, *rewriting);
            const auto after = withNewIds(document(all), *rewriting);
            QVERIFY(before && after);
            std::vector<std::string> keys;
            for (const ShareItem& item : after->items()) {
                if (item.type == ItemType::Message)
                    keys.push_back(item.key);
            }
            QVERIFY2(std::is_sorted(keys.begin(), keys.end()), "an order was lost");
            QVERIFY(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
            QCOMPARE(keys[4], before->items()[1].key);
            QCOMPARE(keys[5], before->items()[2].key);
        }
    }

    //! Session IDs count down, so it is an older session that may have no room.
    void anOlderSessionKeepsItsPlace()
    {
        ShareDocument made;
        made.addKeyed(ItemType::Session, "session", R"({"id":"ses_800000000000AbCdEfGhIjKlMn","title":"T"})");
        for (int round = 0; round < 200; ++round) {
            const auto rewriting = randomRewriting(made);
            QVERIFY(rewriting);
            ShareDocument grown = made;
            grown.addKeyed(ItemType::Message, "message/msg_700000000000AbCdEfGhIjKlMn",
                           R"({"a":"ses_700000000000AbCdEfGhIjKlMn","b":"ses_fffffffffff0AbCdEfGhIjKlMn",)"
                           R"("c":"ses_ffffffffffffAbCdEfGhIjKlMn"})");
            const auto renamed = withNewIds(grown, *rewriting);
            QVERIFY(renamed);
            const auto tree = JsonTree::parse(renamed->items()[1].data);
            QVERIFY(tree);
            const std::string a = tree->root()["a"].text();
            const std::string b = tree->root()["b"].text();
            const std::string c = tree->root()["c"].text();
            QVERIFY(a < rewriting->sessionId && rewriting->sessionId < b && b < c);
        }
    }

    void freshAndRandomEachTime()
    {
        const ShareDocument document = conversation(3);
        std::set<std::string> shareIds;
        std::set<std::uint64_t> shifts;
        for (int i = 0; i < 200; ++i) {
            const auto rewriting = randomRewriting(document);
            QVERIFY(rewriting);
            QCOMPARE(found(rewriting->sessionId, "^ses_[0-9a-f]{12}[0-9A-Za-z]{14}$").size(), std::size_t(1));
            shareIds.insert(rewriting->sessionId.substr(rewriting->sessionId.size() - 8));
            shifts.insert(rewriting->shift);
            QVERIFY(rewriting->shift <= 0x5a0000000001ULL + 1000);
        }
        QCOMPARE(shareIds.size(), std::size_t(200));
        QVERIFY(shifts.size() > 190);
    }

    void unusualShapes()
    {
        ShareDocument document;
        document.addKeyed(ItemType::Session, "session", R"({"id":"ses_demo00000001"})");
        for (const std::string id :
             {"msg_00000001", "msg_00000002", "msg_0000000A", "msg_0000000a", "msg_a0000000001"})
            document.addKeyed(ItemType::Message, "message/" + id,
                              R"({"id":")" + id + R"(","text":"in )" + id +
                                  R"(, err_msg_template and msg_internalerror"})");
        const auto rewritten = withNewIds(document, *randomRewriting(document));
        QVERIFY(rewritten);
        std::vector<std::string> keys;
        for (const ShareItem& item : rewritten->items()) {
            QVERIFY2(item.data.find("0000000") == std::string::npos, item.data.c_str());
            if (item.type != ItemType::Message)
                continue;
            keys.push_back(item.key);
            QVERIFY2(item.data.find("err_msg_template and msg_internalerror") != std::string::npos,
                     "words of program text stay");
        }
        QVERIFY(std::is_sorted(keys.begin(), keys.end()));
        QCOMPARE(std::set<std::string>(keys.begin(), keys.end()).size(), std::size_t(5));
    }

    void escapedIdsAreFound()
    {
        ShareDocument document;
        document.addKeyed(ItemType::Session, "session", R"({"id":")" + session + R"("})");
        document.addKeyed(ItemType::Message, "message/x",
                          R"({"id":"x","text":"ses\u005f5a1b2c3d4e5f\u0041BCDEFGHIJKLMN"})");
        const auto rewriting = randomRewriting(document);
        const auto rewritten = withNewIds(document, *rewriting);
        QVERIFY(rewritten);
        QVERIFY(rewritten->items()[1].data.find(rewriting->sessionId) != std::string::npos);
    }

    void needsASession()
    {
        ShareDocument document;
        document.addKeyed(ItemType::Message, "message/m", R"({"id":"m"})");
        QCOMPARE(randomRewriting(document).error().code, ErrorCode::DocumentInvalid);
        QCOMPARE(withNewIds(document, IdRewriting{{}, 0, "ses_x"}).error().code, ErrorCode::DocumentInvalid);
        document.addKeyed(ItemType::Session, "session", R"({"id":")" + session + R"("})");
        document.addKeyed(ItemType::Part, "part/a/b", "{broken");
        QCOMPARE(withNewIds(document, *randomRewriting(document)).error().code, ErrorCode::InvalidJson);
    }
};

QTEST_GUILESS_MAIN(TestRewriteIds)
#include "test_rewrite_ids.moc"
