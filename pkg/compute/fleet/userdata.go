package fleet

import (
	_ "embed" // the script
	"encoding/base64"
	"strconv"
	"strings"
	"text/template"
)

// codeDeployAgent is the version of the CodeDeploy agent that a first boot installs.
// To raise it: read "Version history of the CodeDeploy agent" in the AWS CodeDeploy
// User Guide, list the packages of the region, `aws s3 ls
// s3://aws-codedeploy-<region>/releases/ | grep rpm` ("Install the CodeDeploy agent
// for Amazon Linux or RHEL"), write the new one here and refresh the fleet.
const codeDeployAgent = "1.8.1-26"

//go:embed userdata.sh
var userDataText string

var userDataTemplate = template.Must(template.New("userdata.sh").Funcs(template.FuncMap{"quote": shellQuote}).Parse(userDataText))

// userData is the script of the first boot, in the encoding that a launch template takes.
func userData(args Args) (string, error) {
	script, err := userDataScript(args)
	return base64.StdEncoding.EncodeToString([]byte(script)), err
}

func userDataScript(args Args) (string, error) {
	agent, err := cloudWatchAgent(args)
	if err != nil {
		return "", err
	}
	var script strings.Builder
	err = userDataTemplate.Execute(&script, map[string]string{
		"Region":          args.Region,
		"Port":            strconv.Itoa(args.Config.ApplicationPort),
		"HealthCheckPath": args.Config.HealthCheckPath,
		"CloudWatchAgent": agent,
		"CodeDeployAgent": codeDeployAgent,
	})
	return script.String(), err
}

// shellQuote makes one word of a text, whatever is in it.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
