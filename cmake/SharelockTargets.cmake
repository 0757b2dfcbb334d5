# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Every target is made by one of these functions, so that warnings, sanitizers and Qt's strict
# macros are the same everywhere.

include(GNUInstallDirs)

add_library(sharelock_options INTERFACE)
target_compile_options(sharelock_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow)
if(SHARELOCK_WERROR)
    target_compile_options(sharelock_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 warns about std::string's own concatenation at -O3 (GCC bug 105651).
    target_compile_options(sharelock_options INTERFACE -Wno-restrict)
    if(SHARELOCK_PRECOMPILE)
        # Precompiled, the headers of the library and of Qt are no system headers to it any more, and so it warns of
        # what it misunderstands there, too. clang-tidy's analyzer looks for the same in ours.
        target_compile_options(
            sharelock_options
            INTERFACE -Wno-array-bounds -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread
        )
    endif()
endif()
target_compile_definitions(
    sharelock_options
    INTERFACE QT_NO_CAST_FROM_ASCII
              QT_NO_CAST_TO_ASCII
              QT_NO_CAST_FROM_BYTEARRAY
              QT_NO_URL_CAST_FROM_STRING
              QT_NO_FOREACH
              QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
              QT_NO_KEYWORDS
              QT_USE_QSTRINGBUILDER
              SHARELOCK_VERSION="${PROJECT_VERSION}"
)
if(SHARELOCK_SANITIZE)
    target_compile_options(
        sharelock_options INTERFACE -fsanitize=${SHARELOCK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    )
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # The checks that it adds make GCC warn of what it then believes to happen (its manual says so of both); the
        # release build has these warnings.
        target_compile_options(sharelock_options INTERFACE -Wno-array-bounds -Wno-maybe-uninitialized)
    endif()
    target_link_options(sharelock_options INTERFACE -fsanitize=${SHARELOCK_SANITIZE})
    target_compile_definitions(sharelock_options INTERFACE SHARELOCK_SANITIZED)
endif()
if(SHARELOCK_TESTS STREQUAL "fuzz")
    target_compile_options(sharelock_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# A third of the time of a build goes into reading the same headers of Qt and the standard library. GCC takes them
# precompiled only where every flag is the same, so all targets have that of threads. Sources include what they use
# all the same: clang-tidy and the fuzzers' compiler read them without.
if(SHARELOCK_PRECOMPILE)
    file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/common_headers.cpp" CONTENT "")
    add_library(sharelock_common_headers OBJECT "${CMAKE_BINARY_DIR}/common_headers.cpp")
    target_link_libraries(sharelock_common_headers PRIVATE Qt6::Core QCoro::Core tl::expected sharelock_options)
    target_compile_options(sharelock_options INTERFACE -pthread)
    target_precompile_headers(
        sharelock_common_headers
        PRIVATE
            <QByteArray> <QDateTime> <QFuture> <QHash> <QObject> <QPromise> <QString> <QStringList> <QUrl> <QVariant>
            <QAbstractListModel> <QCoroTask> <tl/expected.hpp> <algorithm> <chrono> <functional> <map> <memory>
            <optional> <set> <span> <stop_token> <string> <string_view> <unordered_map> <utility> <vector>
    )
endif()

# Sets what is the same for a target of ours, whatever it is.
function(sharelock_target target)
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_link_libraries(${target} PRIVATE sharelock_options)
    if(SHARELOCK_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM sharelock_common_headers)
    endif()
endfunction()

# sharelock_library(NAME SOURCES ... LINKS ...)
# A static library `sharelock_NAME`; headers are included as "NAME/header.h". It sees only the
# headers of the libraries it links: each has an include folder of its own, made of one link.
function(sharelock_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
    set(target sharelock_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    sharelock_target(${target})
    set(include "${CMAKE_BINARY_DIR}/include/${name}")
    file(MAKE_DIRECTORY "${include}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${include}/${name}" SYMBOLIC)
    target_include_directories(${target} PUBLIC "${include}")
    target_link_libraries(${target} PUBLIC ${arg_LINKS})
endfunction()

# A source that is all of its target and includes its own .moc file: told so, the build needs neither to look for what
# else there may be nor to compile a file with nothing in it, a second and a half for each of the tests.
function(sharelock_moc_one target source)
    get_filename_component(name "${source}" NAME_WE)
    if(ARGN OR NOT "${source}" MATCHES "\\.cpp$")
        return()
    endif()
    set(output "${CMAKE_CURRENT_BINARY_DIR}/moc/${name}.moc")
    qt_generate_moc("${source}" "${output}")
    set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_DEPENDS "${output}")
    set_target_properties(${target} PROPERTIES AUTOMOC OFF)
    target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/moc")
endfunction()

# sharelock_test(NAME SOURCES ... LINKS ... [ENV VAR=value ...] [TIMEOUT seconds] [LABELS ...] [KEYRING] [WRAPPER script])
# A Qt Test executable `test_NAME`, run with an empty home of its own. KEYRING runs it on a private
# D-Bus session with an unlocked gnome-keyring, WRAPPER through another script of tests/support.
function(sharelock_test name)
    cmake_parse_arguments(arg "KEYRING" "TIMEOUT;WRAPPER" "SOURCES;LINKS;ENV;LABELS" ${ARGN})
    set(target test_${name})
    add_executable(${target} ${arg_SOURCES})
    sharelock_target(${target})
    sharelock_moc_one(${target} ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${target} PRIVATE ${arg_LINKS} Qt6::Test)
    target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    add_dependencies(sharelock_tests ${target})
    if("threads" IN_LIST arg_LABELS)
        add_dependencies(sharelock_thread_tests ${target})
    endif()
    set(wrapper "${CMAKE_SOURCE_DIR}/tests/support/with_home.sh")
    if(arg_KEYRING)
        list(APPEND wrapper "${CMAKE_SOURCE_DIR}/tests/support/with_keyring.sh")
    endif()
    if(arg_WRAPPER)
        list(APPEND wrapper "${CMAKE_SOURCE_DIR}/tests/support/${arg_WRAPPER}")
    endif()
    add_test(NAME ${name} COMMAND ${wrapper} $<TARGET_FILE:${target}>)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT "${arg_ENV}")
endfunction()
