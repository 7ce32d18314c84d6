package config

import (
	"regexp"
	"slices"
	"strings"
)

func knownEnvironment(env Environment, found *Problems) {
	if !slices.Contains(EnvironmentNames(), env.Name) {
		found.add("stack", quoted(env.Name), "is not an environment", "use one of "+strings.Join(EnvironmentNames(), ", "))
	}
}

// tagText is what all AWS services take in a tag (AWS General Reference, "Tag
// naming limits and requirements").
var tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+@-]*$`)

// The longest key and value of a tag, in characters.
const (
	longestTagKey   = 128
	longestTagValue = 256
)

func tagRequired(env Environment, found *Problems) { tagTexts(env.Tags, found) }

// tagTexts requires every tag, with a text that AWS takes.
func tagTexts(tags Tags, found *Problems) {
	for path, value := range map[string]string{
		"tags.project":            tags.Project,
		"tags.costCenter":         tags.CostCenter,
		"tags.dataClassification": tags.DataClassification,
		"tags.owner":              tags.Owner,
	} {
		if strings.TrimSpace(value) == "" {
			found.add(path, quoted(value), "is empty or missing", "every resource carries this tag: give it a value")
			continue
		}
		tagValue(path, value, found)
	}
}

func tagValue(path, value string, found *Problems) {
	if !tagText.MatchString(value) || len([]rune(value)) > longestTagValue {
		found.add(path, quoted(value), "is not a value that AWS takes for a tag",
			"use at most 256 letters, digits, spaces and _ . : / = + - @")
	}
}

// defaultTagKeys keeps the platform's own tags out of aws:defaultTags.
func defaultTagKeys(env Environment, found *Problems) {
	own := env.Tags.asMap(env.Name)
	for key := range env.AWS.DefaultTags {
		path := defaultTagPath(key)
		_, isOwn := own[key]
		switch {
		case isOwn:
			found.add(path, quoted(key), "is a tag that the platform sets", "remove it; platform:tags has its value")
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			found.add(path, quoted(key), "begins with aws:, which AWS keeps for itself", "choose another key")
		case key == "" || !tagText.MatchString(key) || len([]rune(key)) > longestTagKey:
			found.add(path, quoted(key), "is not a key that AWS takes for a tag",
				"use 1 to 128 letters, digits, spaces and _ . : / = + - @")
		}
	}
}

func defaultTagText(env Environment, found *Problems) {
	for key, value := range env.AWS.DefaultTags {
		tagValue(defaultTagPath(key), value, found)
	}
}

func defaultTagPath(key string) string { return "aws:defaultTags.tags[" + key + "]" }
