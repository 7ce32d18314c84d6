package config

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var logRules = []rule{
	logClass, logDays, logMinimum, archiveGlacier, archiveExpiry, archivePCI,
	siemURL, siemSecret, siemClass, siemClassDuplicate, siemClasses, siemArchive,
}

const (
	logDaysPath = "observability.logs.retentionDays"
	archivePath = "observability.logs.archive."
	siemPath    = "observability.logs.siem."
	notAClass   = "is not a class of logs"
)

func logDayPath(class string) string { return logDaysPath + "[" + class + "]" }

func isLogClass(class string) bool { return slices.Contains(LogClasses(), class) }

func logClass(env Environment, found *Problems) {
	for class, days := range env.Observability.Logs.RetentionDays {
		if !isLogClass(class) {
			found.add(logDayPath(class), strconv.Itoa(days), notAClass, "write one of "+strings.Join(LogClasses(), ", "))
		}
	}
}

// logDays refuses what the service of the class cannot keep: CloudWatch Logs, and S3 for
// the load balancers' logs.
func logDays(env Environment, found *Problems) {
	for class, days := range env.Observability.Logs.RetentionDays {
		switch {
		case class == LoadBalancerLogs:
			between(logDayPath(class), days, 1, math.MaxInt32, "is not a number of days after which S3 can expire an object", found)
		case isLogClass(class) && !slices.Contains(retentions, days):
			found.add(logDayPath(class), strconv.Itoa(days), "is not a number of days that CloudWatch Logs takes",
				"the nearest that keeps the logs as long is "+strconv.Itoa(LogRetention(days)))
		}
	}
}

func logMinimum(env Environment, found *Problems) {
	for class, days := range env.Observability.Logs.RetentionDays {
		least := LeastLogDays(env, class)
		if days >= least || days < 1 {
			continue
		}
		fact := fmt.Sprintf("is less than %s keeps %s logs at least", env.Name, class)
		if env.PCI() {
			fact = "is less than the year that PCI DSS 10.5.1 asks for"
		}
		found.add(logDayPath(class), strconv.Itoa(days), fact, fmt.Sprintf("set %d or more", least))
	}
}

// archiveGlacier: an object that has expired cannot move any more.
func archiveGlacier(env Environment, found *Problems) {
	archive := env.Observability.Logs.Archive
	if after := archive.GlacierAfterDays; archive.Enabled && after != 0 && (after < 1 || after >= archive.ExpireAfterDays) {
		found.add(archivePath+"glacierAfterDays", strconv.Itoa(after), fmt.Sprintf("is not a day before the logs expire, %d", archive.ExpireAfterDays),
			"set an earlier day, or 0 to leave them where they are")
	}
}

// archiveExpiry: an archive that forgets before the log group does keeps nothing.
func archiveExpiry(env Environment, found *Problems) {
	logs := env.Observability.Logs
	longest := slices.Max(append(slices.Collect(maps.Values(logs.RetentionDays)), 1))
	if after := logs.Archive.ExpireAfterDays; logs.Archive.Enabled && (after < longest || after > math.MaxInt32) {
		found.add(archivePath+"expireAfterDays", strconv.Itoa(after), fmt.Sprintf("is less than the longest of %s, %d, or more than S3 takes", logDaysPath, longest),
			fmt.Sprintf("set %d to %d", longest, math.MaxInt32))
	}
}

// archivePCI: PCI DSS v4.0.1, requirement 10.3.3, wants logs backed up where they are
// hard to change; a log group is deleted by one call.
func archivePCI(env Environment, found *Problems) {
	if env.PCI() && !env.Observability.Logs.Archive.Enabled {
		found.add(archivePath+"enabled", "false", "would leave the logs of "+env.Name+" in one place only (PCI DSS 10.3.3)", "remove the key")
	}
}

// longestSIEM is the longest URL of an endpoint (Amazon Data Firehose API Reference,
// "HttpEndpointConfiguration").
const longestSIEM = 1000

// siemURL: Amazon Data Firehose delivers to https:// and to port 443 alone (Amazon Data
// Firehose Developer Guide, "Understand HTTP endpoint delivery request and response specifications").
func siemURL(env Environment, found *Problems) {
	siem := env.Observability.Logs.SIEM
	if siem == nil {
		return
	}
	const remedy = "write one as in https://siem.example.com/firehose; a key goes into the secret"
	parsed, problem := parseHTTPS(siem.URL)
	switch {
	case siem.URL == "":
		found.missing(siemPath+"url", remedy)
	case problem != "":
		found.add(siemPath+"url", shownURL(parsed), problem, remedy)
	case parsed.User != nil || hasKey(parsed):
		found.add(siemPath+"url", shownURL(parsed), "has what looks like a key in it, and this file is no place for secrets", remedy)
	case unreachable(parsed.Hostname()):
		found.add(siemPath+"url", shownURL(parsed), "is not on the internet, and Amazon Data Firehose delivers nowhere else", remedy)
	case parsed.Port() != "" && parsed.Port() != "443":
		found.add(siemPath+"url", shownURL(parsed), "has another port than 443, the only one to which Amazon Data Firehose delivers", remedy)
	case len(siem.URL) > longestSIEM:
		found.add(siemPath+"url", shownURL(parsed), fmt.Sprintf("is longer than the %d characters that Amazon Data Firehose takes", longestSIEM), remedy)
	}
}

// secretPattern is the name of a secret (AWS Secrets Manager API Reference, "CreateSecret").
// Those of an environment begin with its name: of no other can its pipeline find the ARN.
var secretPattern = regexp.MustCompile(`^[A-Za-z0-9/_+=.@-]{1,512}$`)

func siemSecret(env Environment, found *Problems) {
	siem := env.Observability.Logs.SIEM
	switch {
	case siem == nil:
	case siem.SecretName == "":
		found.missing(siemPath+"secretName", `name the secret of Secrets Manager that holds {"api_key": "…"}`)
	case !secretPattern.MatchString(siem.SecretName) || !strings.HasPrefix(siem.SecretName, env.Name+"/"):
		found.add(siemPath+"secretName", quoted(siem.SecretName), "is not the name of a secret of "+env.Name, "write the name, as in "+env.Name+"/siem, and not its ARN")
	}
}

func siemClassPath(i int) string { return siemPath + "classes[" + strconv.Itoa(i) + "]" }

// streamed are the classes whose logs are in CloudWatch Logs.
func streamed() []string {
	return slices.DeleteFunc(LogClasses(), func(class string) bool { return class == LoadBalancerLogs })
}

func siemClass(env Environment, found *Problems) {
	if siem := env.Observability.Logs.SIEM; siem != nil {
		for i, class := range siem.Classes {
			if !slices.Contains(streamed(), class) {
				found.add(siemClassPath(i), quoted(class), notAClass+" in CloudWatch Logs", "write one of "+strings.Join(streamed(), ", "))
			}
		}
	}
}

func siemClassDuplicate(env Environment, found *Problems) {
	if siem := env.Observability.Logs.SIEM; siem != nil {
		noneTwice(siem.Classes, siemClassPath, found)
	}
}

func siemClasses(env Environment, found *Problems) {
	if siem := env.Observability.Logs.SIEM; siem != nil && len(siem.Classes) == 0 {
		found.add(siemPath+"classes", "none", "would send nothing", "name a class, or remove the key for all of them")
	}
}

// siemArchive: what the endpoint did not take is kept in the archive.
func siemArchive(env Environment, found *Problems) {
	if logs := env.Observability.Logs; logs.SIEM != nil && !logs.Archive.Enabled {
		found.add("observability.logs.siem", quoted(logs.SIEM.SecretName), "has no archive for what it does not take", "set "+archivePath+"enabled to true")
	}
}
