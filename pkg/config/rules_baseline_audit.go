package config

var auditRules = []accountRule{}
