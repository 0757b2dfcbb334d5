// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/config_layers.h"

#include "opencode/flags.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sharelock::opencode {

namespace {

//! Folders from \p directory upward, \p stop included; up to the root when \p stop is not above it.
std::vector<QString> upward(const QString& directory, const QString& stop)
{
    std::vector<QString> folders;
    QString folder = QDir::cleanPath(directory);
    while (true) {
        folders.push_back(folder);
        const QString parent = QFileInfo(folder).path();
        if (folder == stop || parent == folder) {
            return folders;
        }
        folder = parent;
    }
}

QString inFolder(const QString& folder, const QString& name)
{
    return QDir::cleanPath(folder + u'/' + name);
}

#if defined(Q_OS_MACOS)
constexpr System thisSystem = System::MacOs;
#elif defined(Q_OS_WIN)
constexpr System thisSystem = System::Windows;
#else
constexpr System thisSystem = System::Linux;
#endif

class Layers
{
public:
    Layers(const Environment& environment, const QString& directory, const QString& worktree)
        : m_environment(environment)
        , m_directory(QDir::cleanPath(directory))
        , m_worktree(worktree.isEmpty() ? QDir::rootPath() : QDir::cleanPath(worktree))
        , m_useProject(!isFlagSet(environment, noProjectVariable))
    {
    }

    std::vector<ConfigLayer> all()
    {
        const QString global = m_environment.opencodeConfigFolder();
        addFile(LayerKind::Global, inFolder(global, QStringLiteral("config.json")));
        addFolder(LayerKind::Global, global);
        if (const QString named = variable(QStringLiteral("OPENCODE_CONFIG")); !named.isEmpty()) {
            addFile(LayerKind::NamedFile, QDir(m_directory).absoluteFilePath(named));
        }
        if (m_useProject) {
            addProjectFiles();
        }
        addDotFolders();
        addInline();
        addFolder(LayerKind::Managed, managedConfigFolder(thisSystem, m_environment));
        return std::move(m_layers);
    }

private:
    [[nodiscard]] QString variable(const QString& name) const { return m_environment.variables.value(name); }

    void addFile(LayerKind kind, const QString& path)
    {
        m_layers.push_back({kind, path, QFileInfo(path).path(), std::nullopt});
    }

    void addFolder(LayerKind kind, const QString& folder)
    {
        addFile(kind, inFolder(folder, QStringLiteral("opencode.json")));
        addFile(kind, inFolder(folder, QStringLiteral("opencode.jsonc")));
    }

    //! The nearest to the directory wins.
    void addProjectFiles()
    {
        const auto folders = upward(m_directory, m_worktree);
        std::for_each(folders.rbegin(), folders.rend(),
                      [this](const QString& folder) { addFolder(LayerKind::ProjectFile, folder); });
    }

    //! The outermost wins over the inner ones, the home folder's over both, OPENCODE_CONFIG_DIR over all;
    //! one that comes twice by the same name keeps its first place.
    void addDotFolders()
    {
        const QString dotName = QStringLiteral(".opencode");
        const QString global = m_environment.opencodeConfigFolder();
        const QString home = inFolder(m_environment.home, dotName);
        const QString given = variable(QStringLiteral("OPENCODE_CONFIG_DIR"));
        const QString extra =
            given.isEmpty() ? given : QDir::cleanPath(QDir(m_directory).absoluteFilePath(given));
        // opencode compares names as they are written: with a slash at its end it is another folder.
        const bool isAsWritten = given == extra;
        std::vector<std::pair<LayerKind, QString>> folders;
        if (isAsWritten && extra == global) {
            // opencode starts with this folder, and reads it when it is named
            folders.emplace_back(LayerKind::ConfigFolder, global);
        }
        if (m_useProject) {
            for (const QString& folder : upward(m_directory, m_worktree)) {
                const QString dotFolder = inFolder(folder, dotName);
                folders.emplace_back(dotFolder == home ? LayerKind::HomeFolder : LayerKind::ProjectFolder,
                                     dotFolder);
            }
        }
        folders.emplace_back(LayerKind::HomeFolder, home);
        if (!extra.isEmpty()) {
            if (!isAsWritten) {
                std::erase_if(folders, [&extra](const auto& folder) { return folder.second == extra; });
            }
            folders.emplace_back(LayerKind::ConfigFolder, extra);
        }
        std::vector<QString> seen;
        for (const auto& [kind, folder] : folders) {
            if (std::find(seen.begin(), seen.end(), folder) == seen.end()) {
                seen.push_back(folder);
                addFolder(kind, folder);
            }
        }
    }

    void addInline()
    {
        const QString name = QStringLiteral("OPENCODE_CONFIG_CONTENT");
        if (const QString content = variable(name); !content.isEmpty()) {
            m_layers.push_back({LayerKind::Inline, name, m_directory, content.toUtf8()});
        }
    }

    const Environment& m_environment;
    QString m_directory;
    QString m_worktree;
    bool m_useProject;
    std::vector<ConfigLayer> m_layers;
};

} // namespace

std::vector<ConfigLayer> configLayers(const Environment& environment, const QString& directory,
                                      const QString& worktree)
{
    return Layers(environment, directory, worktree).all();
}

QString managedConfigFolder(System system, const Environment& environment)
{
    const QString forTests = environment.variables.value(QStringLiteral("OPENCODE_TEST_MANAGED_CONFIG_DIR"));
    if (!forTests.isEmpty()) {
        return forTests;
    }
    switch (system) {
    case System::Linux:
        break;
    case System::MacOs:
        return QStringLiteral("/Library/Application Support/opencode");
    case System::Windows:
        return environment.variables.value(QStringLiteral("ProgramData"), QStringLiteral("C:/ProgramData")) +
               u"/opencode";
    }
    return QStringLiteral("/etc/opencode");
}

} // namespace sharelock::opencode
