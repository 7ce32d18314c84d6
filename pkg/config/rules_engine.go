package config

import (
	"strconv"
	"strings"
	"time"

	"aws-platform/pkg/engines"
)

// dateFormat is how errors write a day.
const dateFormat = "2 January 2006"

// engineVersion refuses a version that its engine lacks, and one that has left standard support.
func engineVersion(path string, engine engines.Engine, name string, today time.Time, found *Problems) {
	version, known := engines.Find(engine, name)
	switch {
	case !known:
		found.add(path, quoted(name), "is not a version of "+string(engine)+" that the platform knows", "set "+supported(engine, today))
	case version.Ended(today):
		found.add(path, quoted(name), "left standard support on "+version.EndOfStandardSupport.Format(dateFormat)+" ("+engines.Source(engine)+")",
			"set "+supported(engine, today))
	}
}

// supported lists the versions in standard support: "18, 17 or 16".
func supported(engine engines.Engine, today time.Time) string {
	return oneOf(versionNames(engines.Supported(engine, today)))
}

// oneOf words a choice: "a, b or c".
func oneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// settled refuses a setting that is the same in every environment.
func settled(path string, value, always bool, fact string, found *Problems) {
	if value != always {
		found.add(path, strconv.FormatBool(value), fact, "remove the key")
	}
}

// otherService names the service that an instance class belongs to, if not to the one
// with the prefix or suffix: every service has its own form.
func otherService(class string) string {
	switch {
	case strings.HasPrefix(class, "db."):
		return "is an instance class of RDS"
	case strings.HasPrefix(class, "cache."):
		return "is a node type of ElastiCache"
	case strings.HasPrefix(class, "kafka."), strings.HasPrefix(class, "express."):
		return "is an instance type of MSK"
	case strings.HasSuffix(class, ".search"):
		return "is an instance type of OpenSearch Service"
	case instanceTypePattern.MatchString(class):
		return "is an instance type of EC2"
	default:
		return "is no instance class"
	}
}
