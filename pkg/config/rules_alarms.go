package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/alarms"
)

var alarmRules = []rule{runbookURL, alarmName, alarmSeverity, alarmRequired, alarmFixed, alarmValues, alarmShare, alarmDimensions}

const alarmsPath = "observability.alarms"

// eachAlarm calls a rule for every alarm, by name, with its path and whether a table has it.
func eachAlarm(env Environment, do func(path, name string, alarm Alarm, ofTable bool)) {
	for _, name := range slices.Sorted(maps.Keys(env.Observability.Alarms)) {
		_, _, ofTable := alarms.Find(name)
		do(alarmsPath+"["+name+"]", name, env.Observability.Alarms[name], ofTable)
	}
}

// longestRunbookURL leaves room for the rest of a description, of which CloudWatch takes
// 1,024 characters.
const longestRunbookURL = 500

// runbookURL: a pager shows the description of an alarm, and a link that leads nowhere
// costs the minutes that matter.
func runbookURL(env Environment, found *Problems) {
	checkRunbookURL("observability.runbookUrl", env.Observability.RunbookURL, found)
}

func checkRunbookURL(path, text string, found *Problems) {
	const remedy = "write one as in https://github.com/example/platform/blob/main/docs/runbooks, or remove the key"
	if text == defaultRunbooks {
		return
	}
	parsed, problem := parseHTTPS(text)
	switch {
	case problem != "":
		found.add(path, quoted(text), problem, remedy)
	case parsed.User != nil || parsed.RawQuery != "" || strings.HasSuffix(text, "/"):
		found.add(path, quoted(text), "is not a folder to which the name of a runbook can be added", remedy)
	case len(text) > longestRunbookURL:
		found.add(path, quoted(text), fmt.Sprintf("has more than %d characters, and is in the description of every alarm", longestRunbookURL), remedy)
	}
}

// longestAlarmName keeps the names of alarms short enough for composite alarms' rules.
const longestAlarmName = 40

// alarmName: whoever means an alarm of the tables and misspells it gets this too, as the
// alarm then lacks what one of one's own needs.
func alarmName(env Environment, found *Problems) {
	eachAlarm(env, func(path, name string, _ Alarm, ofTable bool) {
		if !ofTable && (!groupName.MatchString(name) || len(name) > longestAlarmName) {
			found.add(path, quoted(name), "is not the name of an alarm", fmt.Sprintf("use lower-case letters, digits and dashes, at most %d", longestAlarmName))
		}
	})
}

func alarmSeverity(env Environment, found *Problems) {
	eachAlarm(env, func(path, _ string, alarm Alarm, _ bool) {
		if severity := alarms.Severity(alarm.Severity); severity != "" && severity != alarms.Critical && severity != alarms.Warning {
			found.add(path+".severity", quoted(alarm.Severity), "does not say who hears of the alarm", "set critical, which pages whoever is on call, or warning")
		}
	})
}

// alarmRequired: an alarm that no table has is all here.
func alarmRequired(env Environment, found *Problems) {
	eachAlarm(env, func(path, _ string, alarm Alarm, ofTable bool) {
		if ofTable {
			return
		}
		for _, field := range []struct {
			key     string
			missing bool
			remedy  string
		}{
			{"severity", alarm.Severity == "", "set critical, which pages whoever is on call, or warning"},
			{"runbook", alarm.Runbook == "", "name the file of docs/runbooks that says what to do"},
			{"namespace", alarm.Namespace == "", `write CloudWatch's, as in AWS/RDS`},
			{"metric", alarm.Metric == "", "write CloudWatch's, as in CPUUtilization"},
			{"statistic", alarm.Statistic == "", "set " + oneOf(alarms.Statistics())},
			{"comparison", alarm.Comparison == "", "set " + oneOf(alarms.Comparisons())},
			{"threshold", alarm.Threshold == nil, "write the number from which it is wrong"},
			{"unit", alarm.Unit == "", "set " + oneOf(unitNames())},
			{"periodSeconds", alarm.PeriodSeconds == 0, "write how long one period is, 60 for most metrics"},
			{"periods", alarm.Periods == 0, "write how many periods are looked at"},
		} {
			if field.missing {
				found.missing(path+"."+field.key, field.remedy)
			}
		}
	})
}

func unitNames() []string {
	names := make([]string, 0, len(alarms.Units()))
	for _, unit := range alarms.Units() {
		names = append(names, string(unit))
	}
	return names
}

// alarmFixed: what an alarm of the tables watches is not the environment's to say.
func alarmFixed(env Environment, found *Problems) {
	eachAlarm(env, func(path, name string, alarm Alarm, ofTable bool) {
		if !ofTable {
			return
		}
		for _, field := range []struct{ key, value string }{
			{"namespace", alarm.Namespace}, {"metric", alarm.Metric}, {"statistic", alarm.Statistic}, {"unit", alarm.Unit},
			{"comparison", alarm.Comparison}, {"missing", alarm.Missing}, {"runbook", alarm.Runbook},
			{"dimensions", strings.Join(slices.Sorted(maps.Keys(alarm.Dimensions)), ", ")},
		} {
			if field.value != "" {
				found.add(path+"."+field.key, quoted(field.value), "is what the table says of "+name+" in every environment", "remove the key, or give an alarm of your own another name")
			}
		}
	})
}

// alarmKey is the key of a field of alarms.Alarm. What has none is not configured.
var alarmKey = map[string]string{
	"Threshold": "threshold", "Unit": "unit", "Comparison": "comparison", "Missing": "missing", "Runbook": "runbook",
	"PeriodSeconds": "periodSeconds", "Periods": "periods", "Datapoints": "datapoints", "Metrics[0].Statistic": "statistic",
}

// alarmValues: the alarm as it would be made, held to what CloudWatch takes.
func alarmValues(env Environment, found *Problems) {
	eachAlarm(env, func(path, name string, alarm Alarm, ofTable bool) {
		made := alarm.Own(name)
		if ofTable {
			row, _, _ := alarms.Find(name)
			made = alarm.Over(row).Alarm
		}
		for _, fault := range made.Faults() {
			if key := alarmKey[fault.Field]; key != "" && alarm.has(key, ofTable) {
				found.add(path+"."+key, unquoted(fault.Value), fault.Fact, fault.Remedy)
			}
		}
	})
}

// mostShare is a share of all there is, in percent.
const mostShare = 100

// alarmShare: the table has a share of what the target has, and the configuration a number of
// bytes. What was meant as a share would be reached when hardly a byte is left. Of connections
// the smallest database has hardly more than a hundred.
func alarmShare(env Environment, found *Problems) {
	eachAlarm(env, func(path, name string, alarm Alarm, _ bool) {
		row, _, _ := alarms.Find(name)
		if row.Share == 0 || row.Of == alarms.Connections || alarm.Threshold == nil || *alarm.Threshold < 0 || *alarm.Threshold > mostShare {
			return
		}
		found.add(path+".threshold", strconv.FormatFloat(*alarm.Threshold, 'f', -1, 64), fmt.Sprintf("is in %s, and no share of the %s in percent", row.Unit, row.Of),
			fmt.Sprintf("write a number of %s, more than %d, or remove the key for the table's %v %%", row.Unit, mostShare, row.Share))
	})
}

// has tells whether a key was given; what was not is not wrong, but missing. That a
// table's periods do not fit the length of one is said of the periods, whichever was given.
func (a Alarm) has(key string, ofTable bool) bool {
	switch key {
	case "threshold":
		return a.Threshold != nil
	case "periodSeconds":
		return a.PeriodSeconds != 0
	case "periods":
		return a.Periods != 0 || ofTable && a.PeriodSeconds != 0
	case "datapoints":
		return a.Datapoints != 0
	}
	return map[string]string{"unit": a.Unit, "comparison": a.Comparison, "missing": a.Missing, "runbook": a.Runbook, "statistic": a.Statistic}[key] != ""
}

// unquoted is a value as problems show it.
func unquoted(value string) string {
	if text, err := strconv.Unquote(value); err == nil {
		return quoted(text)
	}
	return value
}

// mostDimensions are of one metric (CloudWatch API reference, Dimension).
const mostDimensions = 30

func alarmDimensions(env Environment, found *Problems) {
	eachAlarm(env, func(path, _ string, alarm Alarm, _ bool) {
		if len(alarm.Dimensions) > mostDimensions {
			found.add(path+".dimensions", strconv.Itoa(len(alarm.Dimensions)), "are more than a metric has", fmt.Sprintf("name %d at most", mostDimensions))
		}
		for _, name := range slices.Sorted(maps.Keys(alarm.Dimensions)) {
			if name == "" || alarm.Dimensions[name] == "" {
				found.add(path+".dimensions["+name+"]", quoted(alarm.Dimensions[name]), "is no dimension: its name or its value is empty", "write both as CloudWatch shows them")
			}
		}
	})
}
