package record

var logRules = map[string]rule{}
