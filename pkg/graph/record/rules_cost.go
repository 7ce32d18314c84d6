package record

var costRules = map[string]rule{}
