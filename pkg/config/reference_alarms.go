package config

// observabilityKeys are those that no other list has.
func observabilityKeys() []Key { return nil }

func alarmKeys() []Key { return nil }
