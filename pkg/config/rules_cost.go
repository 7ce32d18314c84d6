package config

var costRules = []rule{}
