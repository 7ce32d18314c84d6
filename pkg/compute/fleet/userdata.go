package fleet

import (
	_ "embed" // the script
	"encoding/base64"
	"strconv"
	"strings"
	"text/template"
)

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
	})
	return script.String(), err
}

// shellQuote makes one word of a text, whatever is in it.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
