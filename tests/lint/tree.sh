#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Rules of the tree that no compiler checks.
set -eu
failed=0
complain() {
    echo "$*" >&2
    failed=1
}
list() { find CMakeLists.txt cmake src qml tests packaging .ci \( -name '*.cpp' -o -name '*.h' -o -name '*.qml' -o -name '*.sh' \
    -o -name '*.py' -o -name 'CMakeLists.txt' -o -name '*.cmake' \) -type f; }
for file in $(list); do
    head -n 5 "$file" | grep -q 'SPDX-License-Identifier: MIT' || complain "$file: no SPDX header"
    lines=$(wc -l <"$file")
    [ "$lines" -le "$(case "$file" in tests/*) echo 600 ;; *) echo 450 ;; esac)" ] || complain "$file: $lines lines; is it one idea?"
done
# Foreign text must stay plain: on Qt 6.4 rich text fetches what it names, and some controls crash on it.
if grep -rnE 'Text\.(MarkdownText|RichText|StyledText|AutoText)' qml; then
    complain "foreign text must stay plain text"
fi
if grep -rnE 'setContextProperty|QThread::(m|u)?sleep|QTest::q(Sleep|Wait)\(|setInsecureFallback\(true' src qml tests --include='*.cpp' --include='*.h'; then
    complain "not in this house"
fi
# Names of the implementation's: to look for them in every header of Qt takes clang-tidy a sixth of its time.
if grep -rnE '(#define|class|struct|enum|int|auto|bool|void|using|namespace) +_[A-Z_]' src qml tests --include='*.cpp' --include='*.h'; then
    complain "these names are the compiler's"
fi
exit "$failed"
