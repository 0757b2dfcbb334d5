// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/secret_scanner.h"

#include "base/thread_guard.h"
#include "redaction/item_scan.h"
#include "redaction/workspace.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <span>
#include <thread>
#include <utility>

namespace sharelock::redaction {

namespace {

//! \brief Work is dealt out in pieces of about that size.
constexpr std::size_t taskBytes = 2 * 1024 * 1024;

void add(const ScanWork& work, ScanWork& sum)
{
    sum.searched += work.searched;
    sum.parsed += work.parsed;
    sum.decoded += work.decoded;
}

//! \brief What all threads of a scan add to.
struct Sum
{
    std::mutex mutex;
    ScanWork work;
    std::set<const Rule*> stopped;
};

//! \brief Calls \p task with every number below \p count, on \p threads threads; each makes its own worker.
template <typename MakeWorker, typename Task>
void deal(std::size_t count, int threads, const MakeWorker& makeWorker, const Task& task)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        auto worker = makeWorker();
        for (std::size_t number = next++; number < count; number = next++)
            task(worker, number);
    };
    const auto wanted = threads > 0 ? static_cast<std::size_t>(threads)
                                    : std::max<std::size_t>(1, std::thread::hardware_concurrency());
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(wanted, count); ++i)
        others.emplace_back(work);
    work();
}

//! \brief The ranges in pieces that keep every thread busy. Adds up their bytes.
std::vector<ItemRange> tasksOf(const std::vector<document::ShareItem>& items,
                               std::span<const ItemRange> ranges, std::size_t& sum)
{
    std::vector<ItemRange> tasks;
    for (const ItemRange& range : ranges) {
        std::size_t first = range.first;
        std::size_t bytes = 0;
        for (std::size_t i = range.first; i < range.end; ++i) {
            bytes += items[i].data.size();
            sum += items[i].data.size();
            if (bytes >= taskBytes || i + 1 == range.end) {
                tasks.push_back({first, i + 1});
                first = i + 1;
                bytes = 0;
            }
        }
    }
    return tasks;
}

class Collector final : public Workspace::Sink
{
public:
    void found(std::size_t, std::vector<Candidate>& found) override
    {
        std::move(found.begin(), found.end(), std::back_inserter(candidates));
    }

    std::vector<Candidate> candidates;
};

} // namespace

//! \brief A workspace, for as long as one thread works.
class SecretScanner::Lease
{
public:
    Lease(const SecretScanner& scanner, Sum& sum)
        : m_scanner(scanner)
        , m_sum(sum)
    {
        const std::lock_guard lock(scanner.m_mutex);
        if (!scanner.m_idle.empty()) {
            m_workspace = std::move(scanner.m_idle.back());
            scanner.m_idle.pop_back();
        } else {
            m_workspace = std::make_unique<Workspace>(*scanner.m_rules);
        }
    }
    ~Lease()
    {
        {
            const std::lock_guard lock(m_sum.mutex);
            add(m_workspace->work(), m_sum.work);
            for (const std::uint16_t place : m_workspace->stoppedRules())
                m_sum.stopped.insert(&m_scanner.rules().rules()[place]);
        }
        m_workspace->resetWork();
        const std::lock_guard lock(m_scanner.m_mutex);
        m_scanner.m_idle.push_back(std::move(m_workspace));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] Workspace& operator*() const { return *m_workspace; }

private:
    const SecretScanner& m_scanner;
    Sum& m_sum;
    std::unique_ptr<Workspace> m_workspace;
};

SecretScanner::SecretScanner(std::shared_ptr<const RuleSet> rules)
    : m_rules(std::move(rules))
{
}

SecretScanner::~SecretScanner() = default;

std::vector<TextFinding> SecretScanner::scanText(std::string_view text) const
{
    auto scanned = scanText(text, {});
    return scanned ? std::move(scanned->findings) : std::vector<TextFinding>();
}

Expected<TextScan> SecretScanner::scanText(std::string_view text, const ScanOptions& options) const
{
    assertOffGuiThread("scanning");
    TextScan result;
    Sum sum;
    std::atomic<bool> isStopped = false;
    std::vector<Candidate> candidates;
    const BatchedText whole{{0, text.size()}, {}, {}};
    deal((text.size() + taskBytes - 1) / taskBytes, options.threads, [&] { return Lease(*this, sum); },
         [&](const Lease& workspace, std::size_t number) {
             const TextRun part{number * taskBytes, std::min(text.size(), (number + 1) * taskBytes)};
             Collector collector;
             if (isStopped || !(*workspace).scan(text, {&whole, 1}, part, options.stop, collector)) {
                 isStopped = true;
                 return;
             }
             const std::lock_guard lock(sum.mutex);
             std::move(collector.candidates.begin(), collector.candidates.end(),
                       std::back_inserter(candidates));
         });
    if (isStopped)
        return fail(ErrorCode::Cancelled);
    result.work = sum.work;
    result.stopped.assign(sum.stopped.begin(), sum.stopped.end());
    settleOverlaps(candidates);
    result.findings.reserve(candidates.size());
    for (Candidate& candidate : candidates)
        result.findings.push_back(std::move(candidate.finding));
    return result;
}

Expected<ScanResult> SecretScanner::scan(const document::ShareDocument& document,
                                         const ScanOptions& options) const
{
    const ItemRange all{0, document.items().size()};
    return scan(document, {&all, 1}, options);
}

Expected<ScanResult> SecretScanner::scan(const document::ShareDocument& document,
                                         std::span<const ItemRange> ranges, const ScanOptions& options) const
{
    assertOffGuiThread("scanning");
    const std::vector<document::ShareItem>& items = document.items();
    ScanResult result;
    result.rules = m_rules;
    const std::vector<ItemRange> tasks = tasksOf(items, ranges, result.bytes);
    Sum sum;
    std::vector<Expected<std::vector<Finding>>> parts(tasks.size());
    std::atomic<bool> hasFailed = false;
    deal(
        parts.size(), options.threads, [&] { return Lease(*this, sum); },
        [&](const Lease& workspace, std::size_t number) {
            if (hasFailed)
                return;
            const auto [first, end] = tasks[number];
            const std::span<const document::ShareItem> part(&items[first], end - first);
            parts[number] = ItemScan(*workspace, part, first, options.stop).run();
            hasFailed = hasFailed || !parts[number];
        });
    result.work = sum.work;
    result.stopped.assign(sum.stopped.begin(), sum.stopped.end());
    for (auto& part : parts) {
        if (!part)
            return tl::unexpected(part.error());
        std::move(part->begin(), part->end(), std::back_inserter(result.findings));
    }
    return result;
}

} // namespace sharelock::redaction
