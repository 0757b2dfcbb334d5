// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/known_models.h"

#include "document/json_text.h"

#include <algorithm>

namespace sharelock::opencode {

void KnownModels::noteLast(const StoredJson& json)
{
    if (json.lastStringAt("/role") != "user") {
        return;
    }
    std::pair model(json.lastStringAt("/model/providerID"), json.lastStringAt("/model/modelID"));
    const bool isNamed = !model.first.empty() && !model.second.empty();
    if (isNamed && std::find(m_models.begin(), m_models.end(), model) == m_models.end()) {
        m_models.push_back(std::move(model));
    }
}

std::string KnownModels::toJson() const
{
    std::string text = "[";
    for (const auto& [provider, model] : m_models) {
        const std::string id = document::quoted(model);
        text += text.size() > 1 ? "," : "";
        text.append("{\"id\":").append(id).append(",\"providerID\":").append(document::quoted(provider));
        text.append(",\"name\":").append(id).append(",\"api\":{\"id\":").append(id).append("}}");
    }
    return text + ']';
}

} // namespace sharelock::opencode
