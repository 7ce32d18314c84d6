package config

import "time"

// now is the clock; tests set it, because engine versions leave their support.
var now = time.Now
