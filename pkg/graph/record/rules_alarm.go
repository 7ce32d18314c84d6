package record

var alarmRules = map[string]rule{}
