package config

var alarmRules = []rule{}
