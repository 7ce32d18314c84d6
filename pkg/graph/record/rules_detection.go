package record

var detectionRules = map[string]rule{}
