// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/curl_library.h"

#include <QLibrary>

namespace sharelock {

namespace {

// The version of its binary interface, the same since 2006.
constexpr int interfaceVersion = 4;

template <typename Function>
bool resolve(QLibrary& library, Function& function, const char* name)
{
    function = reinterpret_cast<Function>(library.resolve(name));
    return function != nullptr;
}

Expected<CurlLibrary> load()
{
    QLibrary library(QStringLiteral("curl"), interfaceVersion);
    if (!library.load())
        return fail(ErrorCode::HttpLibraryMissing, QStringLiteral("libcurl"), library.errorString());
    CurlLibrary curl;
    const bool whole = resolve(library, curl.easyCleanup, "curl_easy_cleanup") &&
                       resolve(library, curl.easyGetinfo, "curl_easy_getinfo") &&
                       resolve(library, curl.easyInit, "curl_easy_init") &&
                       resolve(library, curl.easyReset, "curl_easy_reset") &&
                       resolve(library, curl.easySetopt, "curl_easy_setopt") &&
                       resolve(library, curl.easyStrerror, "curl_easy_strerror") &&
                       resolve(library, curl.globalInit, "curl_global_init") &&
                       resolve(library, curl.multiAddHandle, "curl_multi_add_handle") &&
                       resolve(library, curl.multiCleanup, "curl_multi_cleanup") &&
                       resolve(library, curl.multiInfoRead, "curl_multi_info_read") &&
                       resolve(library, curl.multiInit, "curl_multi_init") &&
                       resolve(library, curl.multiPerform, "curl_multi_perform") &&
                       resolve(library, curl.multiPoll, "curl_multi_poll") &&
                       resolve(library, curl.multiRemoveHandle, "curl_multi_remove_handle") &&
                       resolve(library, curl.multiSetopt, "curl_multi_setopt") &&
                       resolve(library, curl.multiWakeup, "curl_multi_wakeup") &&
                       resolve(library, curl.slistAppend, "curl_slist_append") &&
                       resolve(library, curl.slistFreeAll, "curl_slist_free_all");
    if (!whole)
        return fail(ErrorCode::HttpLibraryMissing, QStringLiteral("libcurl"), library.errorString());
    if (const CURLcode begun = curl.globalInit(CURL_GLOBAL_DEFAULT); begun != CURLE_OK)
        return fail(ErrorCode::HttpLibraryMissing, QStringLiteral("libcurl"),
                    QString::fromLatin1(curl.easyStrerror(begun)));
    return curl;
}

} // namespace

const Expected<CurlLibrary>& curlLibrary()
{
    static const Expected<CurlLibrary> library = load();
    return library;
}

} // namespace sharelock
