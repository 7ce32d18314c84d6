package record

var auditRules = map[string]rule{}
