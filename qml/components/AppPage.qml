// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick

//! What the window asks of each page; a page answers what it has. Pages are known by this alone, so that their own
//! files are read only when they are first shown.
FocusScope {
    property bool canGoBack: false
    signal backWanted
    signal publishWanted
    signal updateWanted
    signal replaceWanted
    signal linkWanted(id: string)

    function focusSearch() {
    }
    function focusContent() {
    }
    function reload() {
    }
    //! True when there was something to go back from.
    function goBack(): bool {
        return false;
    }
    //! Leaves every detail: the page's entry in the rail was chosen while the page is shown.
    function goHome() {
    }
    function publish() {
    }
    //! To where findings are decided about.
    function review() {
    }
}
