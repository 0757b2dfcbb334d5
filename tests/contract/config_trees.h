// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/real_opencode.h"

#include <QRandomGenerator>

namespace sharelock::test {

//! \brief Makes a tree of config files of every layer in an opencode's home, at random: some there, some
//! not, with comments, substitutions, links, and now and then a broken one.
class ConfigTree
{
public:
    //! \brief The same tree for the same \p seed.
    ConfigTree(RealOpencode& opencode, quint32 seed);

    //! \brief Where a session would be started: a real path, as opencode has it.
    [[nodiscard]] const QString& directory() const { return m_directory; }
    //! \brief By another name, if there is one: through a symbolic link.
    [[nodiscard]] const QString& directoryAsGiven() const { return m_given; }
    //! \brief The git work tree's root; `/` where there is none.
    [[nodiscard]] const QString& worktree() const { return m_worktree; }
    //! \brief All that was made, to look at after a failure.
    [[nodiscard]] QString description() const { return m_description; }

private:
    int below(int bound) { return m_random.bounded(bound); }
    bool chance(int percent) { return below(100) < percent; }
    template <typename List>
    auto oneOf(const List& list)
    {
        return list.at(below(static_cast<int>(list.size())));
    }

    void chooseDirectory();
    void addFolder(const QString& folder);
    void addDotFolder(const QString& parent);
    void addVariables();
    void addFile(const QString& path);
    void write(const QString& path, const QByteArray& text);
    void set(const char* name, const QString& value);
    QByteArray text(const QString& folder);
    QByteArray members(const QString& folder);
    QByteArray mode(const QString& folder);
    QByteArray server(const QString& folder);
    QByteArray filled(const QString& folder, const QByteArray& value);
    QByteArray broken();

    RealOpencode& m_opencode;
    QRandomGenerator m_random;
    QString m_directory;
    QString m_given;
    QString m_worktree;
    QString m_description;
    int m_names = 0; //!< How many files and variables were made for substitutions.
};

} // namespace sharelock::test
