package config

func detectionKeys() []Key { return nil }
