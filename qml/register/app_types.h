// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

//! \file
//! \brief Names of the view models in QML. The view models themselves know nothing of QML, so that they link
//! into tests and tools without an engine; these wrappers tell qmllint and the binding compiler of them.

#pragma once

#include "app/activity_model.h"
#include "app/app_context.h"
#include "app/content_model.h"
#include "app/exporter.h"
#include "app/findings_model.h"
#include "app/key_search.h"
#include "app/links_page.h"
#include "app/mark_walk.h"
#include "app/mode_editor.h"
#include "app/own_words_model.h"
#include "app/publish_controller.h"
#include "app/sessions_page.h"
#include "app/settings_page.h"
#include "app/share_mode_page.h"
#include "app/transcript_model.h"

#include <QJSEngine>
#include <QQmlEngine>
#include <QtQml/qqml.h>

//! \brief The singleton `App`: the instance that main() made, never one of the engine's.
struct AppForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::AppContext)
    QML_NAMED_ELEMENT(App)
    QML_SINGLETON
public:
    static sharelock::app::AppContext* create(QQmlEngine*, QJSEngine*)
    {
        auto* context = sharelock::app::AppContext::instance();
        QJSEngine::setObjectOwnership(context, QJSEngine::CppOwnership);
        return context;
    }
};

struct SessionsStateForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::SessionsPage)
    QML_NAMED_ELEMENT(SessionsState)
    QML_UNCREATABLE("Use App.sessions")
};

struct LinksStateForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::LinksPage)
    QML_NAMED_ELEMENT(LinksState)
    QML_UNCREATABLE("Use App.links")
};

struct SettingsStateForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::SettingsPage)
    QML_NAMED_ELEMENT(SettingsState)
    QML_UNCREATABLE("Use App.settings")
};

struct TranscriptModelForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::TranscriptModel)
    QML_NAMED_ELEMENT(TranscriptModel)
    QML_UNCREATABLE("Use App.transcript or App.links.detail")
};

struct FindingsModelForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::FindingsModel)
    QML_NAMED_ELEMENT(FindingsModel)
    QML_UNCREATABLE("Use App.findings")
};

struct ContentModelForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::ContentModel)
    QML_NAMED_ELEMENT(ContentModel)
    QML_UNCREATABLE("Use App.content")
};

struct OwnWordsModelForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::OwnWordsModel)
    QML_NAMED_ELEMENT(OwnWordsModel)
    QML_UNCREATABLE("Use App.ownWords")
};

struct MarkWalkForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::MarkWalk)
    QML_NAMED_ELEMENT(MarkWalk)
    QML_UNCREATABLE("Use App.walk")
};

struct PublishControllerForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::PublishController)
    QML_NAMED_ELEMENT(PublishController)
    QML_UNCREATABLE("Use App.publish")
};

struct ActivityModelForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::ActivityModel)
    QML_NAMED_ELEMENT(ActivityModel)
    QML_UNCREATABLE("Use App.activity")
};

struct KeySearchForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::KeySearch)
    QML_NAMED_ELEMENT(KeySearch)
    QML_UNCREATABLE("Use App.keySearch")
};

struct ExporterForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::Exporter)
    QML_NAMED_ELEMENT(Exporter)
    QML_UNCREATABLE("Use App.exporter")
};

struct ShareModeStateForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::ShareModePage)
    QML_NAMED_ELEMENT(ShareModeState)
    QML_UNCREATABLE("Use App.shareMode")
};

struct ModeEditorForeign
{
    Q_GADGET
    QML_FOREIGN(sharelock::app::ModeEditor)
    QML_NAMED_ELEMENT(ModeEditor)
    QML_UNCREATABLE("Use App.shareMode.editor")
};
