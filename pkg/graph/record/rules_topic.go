package record

var topicRules = map[string]rule{}
