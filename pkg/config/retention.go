package config

import "slices"

// retentions are what CloudWatch Logs offers, in days (Amazon CloudWatch Logs API
// Reference, "PutRetentionPolicy").
var retentions = []int{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

// LogRetention is the shortest retention of a log group that CloudWatch Logs offers
// and that keeps the log for so many days; the longest for more than that.
func LogRetention(days int) int {
	at, _ := slices.BinarySearch(retentions, days)
	return retentions[min(at, len(retentions)-1)]
}
