package config

func subscriptionKeys(path string) []Key { _ = path; return nil }
