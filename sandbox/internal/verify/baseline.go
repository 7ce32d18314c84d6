package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The types below hold what the AWS CLI says of what secures an account.
type (
	// Baseline is what secures an account, as far as the emulator has it.
	Baseline struct {
		// Topics are those of the account, by name; TopicKey is behind alias/platform/sns.
		Topics   map[string]Topic
		TopicKey string
		// Alarms and LogGroups are those of the account.
		Alarms    []MetricAlarm
		LogGroups []LogGroup
		// Filters are the names of the metric filters of the trail's log group.
		Filters []string
		// TrailBucket is the bucket of the trail, and TrailLock how it is locked.
		TrailBucket Bucket
		TrailLock   ObjectLock
		// Recorders are AWS Config's, Recording those of them that run.
		Recorders []Recorder
		Recording []string
		// Detector is GuardDuty's status; Macie the status of Macie.
		Detector, Macie string
		// Inspector are the statuses of what it scans.
		Inspector map[string]string
		Passwords PasswordPolicy
		// VolumesEncrypted is EBS encryption by default.
		VolumesEncrypted bool
		PublicAccess     PublicAccess
		// Sessions is the content of Session Manager's preferences.
		Sessions string
		// Rules are the account's rules of EventBridge, by name.
		Rules map[string]EventRule
	}

	// ObjectLock is what s3api get-object-lock-configuration says.
	ObjectLock struct {
		ObjectLockEnabled string
		Rule              struct {
			DefaultRetention struct {
				Mode string
				Days int
			}
		}
	}

	// Recorder is an entry of configservice describe-configuration-recorders.
	Recorder struct {
		Name           string `json:"name"`
		RecordingGroup struct {
			AllSupported               bool `json:"allSupported"`
			IncludeGlobalResourceTypes bool `json:"includeGlobalResourceTypes"`
		} `json:"recordingGroup"`
	}

	// PasswordPolicy is what iam get-account-password-policy says.
	PasswordPolicy struct {
		MinimumPasswordLength, MaxPasswordAge, PasswordReusePrevention int

		RequireSymbols, RequireNumbers, RequireUppercaseCharacters, RequireLowercaseCharacters bool
	}

	// EventRule is an entry of events list-rules with its targets.
	EventRule struct {
		Name, State, EventPattern string
		Targets                   []EventTarget
	}

	// EventTarget is an entry of events list-targets-by-rule.
	EventTarget struct{ Arn, RoleArn string }
)

// What the baseline is, written down a second time on purpose.
const (
	securityTopic   = "platform-security"
	sessionsGroup   = "/platform/sessions"
	year            = 365 // days
	leastPassword   = 14  // characters
	leastFilters    = 14  // the events of Security Hub's controls CloudWatch.1 to CloudWatch.14
	cardholders     = "production-pci"
	enabledInCLI    = "ENABLED"
	longestIdle     = "15" // minutes
	trailBucketName = "platform-trail-"
)

// findingRules are the rules of EventBridge that tell of findings, where Security Hub is on.
func findingRules(environment string) []string {
	rules := []string{"platform-access-findings", "platform-security-hub-findings"}
	if environment == cardholders {
		rules = append(rules, "platform-macie-findings")
	}
	slices.Sort(rules)
	return rules
}

// BaselineChecks are the demands on what secures each account.
func BaselineChecks() []AccountCheck {
	return []AccountCheck{
		{"the account's topic is encrypted, over TLS alone, and somebody hears of it", accountTopic},
		{"the account's alarms say how grave they are and where the runbook is", func(a Account) (int, []Finding) { return alarmsDescribed(a.Baseline.Alarms) }},
		{"the account's alarms are heard on its topic", accountAlarms},
		{"the trail's events are counted, and each count has its alarm", trailWatched},
		{"the trail's bucket is locked for a year, versioned, encrypted and closed", trailLocked},
		{"the account's log groups are kept for a year under a key of its own", accountLogs},
		{"AWS Config records everything, and runs", recorderOn},
		{"GuardDuty and Inspector are on, Macie where there is card data", detectorsOn},
		{"findings go to the account's topic, by a role", findingsHeard},
		{"passwords are long, new and not for ever", passwordsHard},
		{"volumes are encrypted and buckets closed, whoever makes them", accountDefaults},
		{"sessions are recorded, encrypted and end", sessionsRecorded},
	}
}

func (a Account) topicARN() string {
	return "arn:aws:sns:" + homeRegion + ":" + AccountID(a.Environment) + ":" + securityTopic
}

// accountTopic: production's accounts have somebody who hears by HTTPS.
func accountTopic(a Account) (int, []Finding) {
	want := ""
	if slices.Contains(peered, a.Environment) {
		want = "https"
	}
	return topicsSafe(a.Baseline.Topics, a.Baseline.TopicKey, map[string]string{securityTopic: want})
}

func accountAlarms(a Account) (int, []Finding) {
	looked, findings := alarmsHeard(a.Baseline.Alarms, a.topicARN())
	for _, alarm := range a.Baseline.Alarms {
		if len(alarm.AlarmActions) == 0 { // nothing in an account is a child of a composite alarm
			findings = append(findings, Finding{"alarm " + alarm.AlarmName, "no action", a.topicARN()})
		}
	}
	return looked, findings
}

// trailWatched: an alarm is named as the metric filter that it is on.
func trailWatched(a Account) (int, []Finding) {
	var findings []Finding
	for _, filter := range a.Baseline.Filters {
		if !slices.ContainsFunc(a.Baseline.Alarms, func(alarm MetricAlarm) bool { return alarm.AlarmName == "platform-"+filter }) {
			findings = append(findings, Finding{"metric filter " + filter, "no alarm of its name", "one"})
		}
	}
	if found := len(a.Baseline.Filters); found < leastFilters {
		findings = append(findings, Finding{"the trail's log group", fmt.Sprintf("%d metric filters", found), fmt.Sprintf("%d or more", leastFilters)})
	}
	return len(a.Baseline.Filters), findings
}

func trailLocked(a Account) (int, []Finding) {
	name, bucket, lock := trailBucketName+AccountID(a.Environment), a.Baseline.TrailBucket, a.Baseline.TrailLock
	findings := differences("bucket "+name, [][3]string{
		{"object lock", lock.ObjectLockEnabled, "Enabled"},
		{"versioning", bucket.Versioning, "Enabled"},
		{"encryption", bucket.algorithm(), underKMS},
		{"plain HTTP denied", fmt.Sprint(deniesPlainHTTP(bucket.Policy, "arn:aws:s3:::"+name)), yes},
		{"written by CloudTrail", fmt.Sprint(strings.Contains(bucket.Policy, `"cloudtrail.amazonaws.com"`)), yes},
		{"public access", fmt.Sprintf("%+v", bucket.PublicAccess), fmt.Sprintf("%+v", PublicAccess{true, true, true, true})},
	})
	if kept := lock.Rule.DefaultRetention; kept.Days < year || kept.Mode == "" {
		findings = append(findings, Finding{"bucket " + name, fmt.Sprintf("a lock of %d days in mode %s", kept.Days, orNothing(kept.Mode)), "a year or more"})
	}
	return 1, findings
}

func accountLogs(a Account) (int, []Finding) {
	return logGroupsKept(a.Baseline.LogGroups, AccountID(a.Environment), func(string) int { return year })
}

func recorderOn(a Account) (int, []Finding) {
	var findings []Finding
	for _, recorder := range a.Baseline.Recorders {
		findings = append(findings, differences("recorder "+recorder.Name, [][3]string{
			{"all types", fmt.Sprint(recorder.RecordingGroup.AllSupported), yes},
			{"global types", fmt.Sprint(recorder.RecordingGroup.IncludeGlobalResourceTypes), yes},
			{"running", fmt.Sprint(slices.Contains(a.Baseline.Recording, recorder.Name)), yes},
		})...)
	}
	if found := len(a.Baseline.Recorders); found != 1 {
		findings = append(findings, Finding{"AWS Config", fmt.Sprintf("%d recorders", found), "one"})
	}
	return 1, findings
}

func detectorsOn(a Account) (int, []Finding) {
	wanted := [][3]string{
		{"GuardDuty", a.Baseline.Detector, enabledInCLI},
		{"Inspector's scan of instances", a.Baseline.Inspector["ec2"], enabledInCLI},
		{"Inspector's scan of images", a.Baseline.Inspector["ecr"], enabledInCLI},
	}
	if a.Environment == cardholders {
		wanted = append(wanted, [3]string{"Macie", a.Baseline.Macie, enabledInCLI})
	}
	return len(wanted), differences("detection", wanted)
}

func findingsHeard(a Account) (int, []Finding) {
	findings := differences("EventBridge", [][3]string{
		{"rules", strings.Join(sortedNames(a.Baseline.Rules), " "), strings.Join(findingRules(a.Environment), " ")},
	})
	for _, name := range sortedNames(a.Baseline.Rules) {
		rule := a.Baseline.Rules[name]
		arns, roles := "", ""
		for _, target := range rule.Targets {
			arns, roles = arns+target.Arn, roles+target.RoleArn
		}
		findings = append(findings, differences("rule "+name, [][3]string{
			{"state", rule.State, enabledInCLI}, {"targets", arns, a.topicARN()},
			{"role", roles, "arn:aws:iam::" + AccountID(a.Environment) + ":role/platform-events"},
		})...)
	}
	return len(a.Baseline.Rules), findings
}

func passwordsHard(a Account) (int, []Finding) {
	p := a.Baseline.Passwords
	classes := p.RequireSymbols && p.RequireNumbers && p.RequireUppercaseCharacters && p.RequireLowercaseCharacters
	if p.MinimumPasswordLength >= leastPassword && p.MaxPasswordAge > 0 && p.MaxPasswordAge <= 90 && p.PasswordReusePrevention == 24 && classes {
		return 1, nil
	}
	return 1, []Finding{{"password policy", fmt.Sprintf("%+v", p), "14 characters of every class, for 90 days, none of the last 24"}}
}

func accountDefaults(a Account) (int, []Finding) {
	return 2, differences("the account", [][3]string{
		{"EBS encryption by default", fmt.Sprint(a.Baseline.VolumesEncrypted), yes},
		{"public access to S3", fmt.Sprintf("%+v", a.Baseline.PublicAccess), fmt.Sprintf("%+v", PublicAccess{true, true, true, true})},
	})
}

// sessionsRecorded reads Session Manager's preferences as it does.
func sessionsRecorded(a Account) (int, []Finding) {
	var document struct {
		Inputs struct {
			CloudWatchLogGroupName                                  string
			CloudWatchEncryptionEnabled, CloudWatchStreamingEnabled bool
			KmsKeyId, IdleSessionTimeout, MaxSessionDuration        string
		}
	}
	if err := json.Unmarshal([]byte(a.Baseline.Sessions), &document); err != nil {
		return 1, []Finding{{"SSM-SessionManagerRunShell", orNothing(a.Baseline.Sessions), "preferences"}}
	}
	in := document.Inputs
	return 1, differences("SSM-SessionManagerRunShell", [][3]string{
		{"log group", in.CloudWatchLogGroupName, sessionsGroup},
		{"encrypted", fmt.Sprint(in.CloudWatchEncryptionEnabled), yes},
		{"as it is typed", fmt.Sprint(in.CloudWatchStreamingEnabled), yes},
		{"a key", fmt.Sprint(strings.Contains(in.KmsKeyId, ":"+AccountID(a.Environment)+":key/")), yes},
		{"idle minutes", in.IdleSessionTimeout, longestIdle},
		{"an end", fmt.Sprint(in.MaxSessionDuration != ""), yes},
	})
}
