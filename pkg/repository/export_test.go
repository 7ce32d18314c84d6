package repository

// PluginVersion is for the test that holds it against go.mod.
const PluginVersion = pluginVersion
