package config

const ignoredAWSKey = "would be ignored: the program uses explicit providers"

// defaultTags is the value of aws:defaultTags.
type defaultTags struct {
	Tags map[string]string `mapstructure:"tags"`
}

// aws decodes the keys of the AWS provider that the platform passes on.
func (r *reading) aws(stack string, values map[string]string) AWS {
	var aws AWS
	for key, text := range namespace("aws", values) {
		path, value := "aws:"+key, parseTree(text)
		switch key {
		case "region":
			r.into(path, value, &aws.Region)
		case "allowedAccountIds":
			r.into(path, value, &aws.AllowedAccountIDs)
		case "assumeRole":
			aws.AssumeRole = &AssumeRole{SessionName: "pulumi-" + stack}
			r.into(path, value, aws.AssumeRole)
		case "defaultTags":
			var tags defaultTags
			r.into(path, value, &tags)
			aws.DefaultTags = tags.Tags
		default:
			r.problems.add(path, "unknown key", ignoredAWSKey,
				"remove it; set AWS_PROFILE, AWS_ENDPOINT_URL and the like in the shell")
		}
	}
	return aws
}
