package config

var logRules = []rule{}
