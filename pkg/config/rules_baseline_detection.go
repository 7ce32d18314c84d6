package config

var detectionRules = []accountRule{}
