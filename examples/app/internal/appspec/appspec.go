// Package appspec reads the AppSpec file of a CodeDeploy revision for EC2 instances, and
// refuses what CodeDeploy would refuse in the middle of a deployment.
package appspec

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Spec is an AppSpec file.
type Spec struct {
	// Overwrite: files that are there and were not deployed are replaced.
	Overwrite   bool
	Files       []File
	Permissions []Permission
	// Hooks are by lifecycle event; Order lists the events as the file does.
	Hooks map[string][]Script
	Order []string
}

// File is copied from the revision into a directory of the instance.
type File struct{ Source, Destination string }

// Permission is of a file that was copied.
type Permission struct {
	Object, Owner, Group string
	Mode                 uint32
}

// Script is run in a lifecycle event.
type Script struct {
	Location, RunAs string
	Seconds         int
}

// Events are the lifecycle events of an in-place deployment that may have scripts, in the
// order in which CodeDeploy runs them. Where a load balancer is told, BeforeBlockTraffic and
// AfterBlockTraffic come first, BeforeAllowTraffic and AfterAllowTraffic last.
var Events = []string{
	"BeforeBlockTraffic", "AfterBlockTraffic", "ApplicationStop", "BeforeInstall", "AfterInstall",
	"ApplicationStart", "ValidateService", "BeforeAllowTraffic", "AfterAllowTraffic",
}

// mostSeconds is what the scripts of one event may take together.
const mostSeconds = 3600

// Parse reads an AppSpec file; everything that is wrong is said at once.
func Parse(text string) (Spec, error) {
	r, err := newReader(text)
	if err != nil {
		return Spec{}, err
	}
	if len(r.lines) == 0 {
		return Spec{}, errors.New("appspec.yml: is empty: write version, os, files and hooks")
	}
	root, err := r.block(r.lines[0].indent)
	if err != nil {
		return Spec{}, err
	}
	if r.at < len(r.lines) {
		return Spec{}, fmt.Errorf("line %d: %q: belongs to nothing: indent it as its neighbors", r.lines[r.at].number, r.lines[r.at].text)
	}
	d := &decoder{}
	spec := d.spec(root)
	spec.Order = slices.DeleteFunc(keys(r.lines), func(key string) bool { return spec.Hooks[key] == nil })
	return spec, errors.Join(d.problems...)
}

// keys are all keys of a file, from its top to its end.
func keys(lines []line) (found []string) {
	for _, l := range lines {
		if key, isKey := strings.CutSuffix(l.text, ":"); isKey {
			found = append(found, key)
		}
	}
	return found
}

// decoder gives the tree its types, and collects what is wrong.
type decoder struct{ problems []error }

func (d *decoder) refuse(where, value, fact, remedy string) {
	d.problems = append(d.problems, fmt.Errorf("%s: %q: %s: %s", where, value, fact, remedy))
}

func (d *decoder) spec(root any) Spec {
	top := d.object("appspec.yml", root, "version", "os", "files", "file_exists_behavior", "permissions", "hooks")
	spec := Spec{Hooks: map[string][]Script{}}
	if version := d.text(top, "version"); version != "0.0" {
		d.refuse("version", version, "is not a version of the AppSpec file", "write 0.0")
	}
	if system := d.text(top, "os"); system != "linux" {
		d.refuse("os", system, "is not what the fleet runs", "write linux")
	}
	switch behavior := d.text(top, "file_exists_behavior"); behavior {
	case "", "DISALLOW":
	case "OVERWRITE":
		spec.Overwrite = true
	default:
		d.refuse("file_exists_behavior", behavior, "would keep files of an older revision", "write OVERWRITE or DISALLOW")
	}
	for i, entry := range d.list("files", top["files"]) {
		spec.Files = append(spec.Files, d.file(fmt.Sprintf("files[%d]", i), entry))
	}
	for i, entry := range d.list("permissions", top["permissions"]) {
		spec.Permissions = append(spec.Permissions, d.permission(fmt.Sprintf("permissions[%d]", i), entry, spec.Files))
	}
	hooks := d.object("hooks", top["hooks"], Events...)
	for _, event := range slices.Sorted(maps.Keys(hooks)) {
		spec.Hooks[event] = d.scripts("hooks."+event, hooks[event])
	}
	return spec
}

func (d *decoder) file(where string, entry any) File {
	of := d.object(where, entry, "source", "destination")
	made := File{Source: d.text(of, "source"), Destination: d.text(of, "destination")}
	if !relative(made.Source) {
		d.refuse(where+".source", made.Source, "is not a file of the revision", "write it as in bin/app")
	}
	if !path.IsAbs(made.Destination) || path.Clean(made.Destination) != made.Destination {
		d.refuse(where+".destination", made.Destination, "is not a directory of the instance", "write it as in /opt/app")
	}
	return made
}

func relative(name string) bool {
	return name != "" && !path.IsAbs(name) && path.Clean(name) == name && name != ".." && !strings.HasPrefix(name, "../")
}

// permission is of one file: CodeDeploy wants `type: file` and no pattern there.
func (d *decoder) permission(where string, entry any, files []File) Permission {
	of := d.object(where, entry, "object", "owner", "group", "mode", "type")
	made := Permission{Object: d.text(of, "object"), Owner: d.text(of, "owner"), Group: d.text(of, "group")}
	if !slices.ContainsFunc(files, func(f File) bool { return path.Join(f.Destination, path.Base(f.Source)) == made.Object }) {
		d.refuse(where+".object", made.Object, "is not a file that is copied", "name one of files")
	}
	mode, err := strconv.ParseUint(d.text(of, "mode"), 8, 32)
	if err != nil || mode > 0o777 {
		d.refuse(where+".mode", d.text(of, "mode"), "is not a mode", "write three octal digits")
	}
	made.Mode = uint32(mode)
	if kinds := d.list(where+".type", of["type"]); !slices.Equal(kinds, []any{"file"}) {
		d.refuse(where+".type", fmt.Sprint(kinds), "is not the type of a file", "write file alone")
	}
	return made
}

func (d *decoder) scripts(where string, entry any) []Script {
	made, sum := []Script{}, 0
	for i, one := range d.list(where, entry) {
		where := fmt.Sprintf("%s[%d]", where, i)
		of := d.object(where, one, "location", "timeout", "runas")
		script := Script{Location: d.text(of, "location"), RunAs: d.text(of, "runas")}
		if !relative(script.Location) {
			d.refuse(where+".location", script.Location, "is not a file of the revision", "write it as in hooks/stop.sh")
		}
		seconds, err := strconv.Atoi(d.text(of, "timeout"))
		if err != nil || seconds < 1 {
			d.refuse(where+".timeout", d.text(of, "timeout"), "is not a number of seconds", "write how long the script may take; an hour is the default")
		}
		script.Seconds = seconds
		sum += seconds
		made = append(made, script)
	}
	if sum > mostSeconds {
		d.refuse(where, strconv.Itoa(sum), "is more than an event may take", "let it take 3600 seconds at most")
	}
	return made
}

// object is a mapping that has none but the given keys.
func (d *decoder) object(where string, value any, known ...string) map[string]any {
	of, isObject := value.(map[string]any)
	if !isObject {
		d.refuse(where, fmt.Sprint(value), "is not a mapping", "write keys and values")
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(of)) {
		if !slices.Contains(known, key) {
			d.refuse(where, key, "is not a key there", "use "+strings.Join(known, ", "))
		}
	}
	return of
}

func (d *decoder) list(where string, value any) []any {
	of, isList := value.([]any)
	if !isList && value != nil {
		d.refuse(where, fmt.Sprint(value), "is not a list", "write entries with a dash")
	}
	return of
}

func (d *decoder) text(of map[string]any, key string) string {
	if value, isText := of[key].(string); isText {
		return value
	}
	if of[key] != nil {
		d.refuse(key, fmt.Sprint(of[key]), "is not a text", "write one value")
	}
	return ""
}
