package config

var subscriptionRules = []rule{}
