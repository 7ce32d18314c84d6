package revision_test

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/app/internal/appspec"
	"example.com/app/internal/revision"
)

const small = `version: 0.0
os: linux
files:
  - source: bin/app
    destination: /opt/app/bin
hooks:
  ApplicationStart:
    - location: hooks/start.sh
      timeout: 10
`

func smallRevision() map[string]revision.File {
	return map[string]revision.File{
		"appspec.yml":    {Data: []byte(small)},
		"bin/app":        {Data: []byte("binary"), Executable: true},
		"hooks/start.sh": {Data: []byte("#!/bin/bash\n"), Executable: true},
	}
}

func TestTheSameFilesMakeTheSameArchive(t *testing.T) {
	first, err := revision.Archive(smallRevision())
	if err != nil {
		t.Fatal(err)
	}
	second, err := revision.Archive(smallRevision())
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("%v: two archives of the same files differ", err)
	}
	changed := smallRevision()
	changed["bin/app"] = revision.File{Data: []byte("Binary"), Executable: true}
	third, err := revision.Archive(changed)
	if err != nil || revision.Digest(first) == revision.Digest(third) {
		t.Errorf("%v: another binary has the same digest", err)
	}
	if !regexp.MustCompile(`^sha256:[0-9a-f]{64}$`).MatchString(revision.Digest(first)) {
		t.Errorf("digest: %s", revision.Digest(first))
	}
}

func TestWhatTheAppSpecNamesIsThere(t *testing.T) {
	for name, test := range map[string]struct {
		change func(map[string]revision.File)
		says   string
	}{
		"no AppSpec file":         {func(f map[string]revision.File) { delete(f, "appspec.yml") }, "appspec.yml: is empty"},
		"no binary":               {func(f map[string]revision.File) { delete(f, "bin/app") }, "bin/app: is not in the revision"},
		"no hook":                 {func(f map[string]revision.File) { delete(f, "hooks/start.sh") }, "hooks/start.sh: is no executable file"},
		"a hook that cannot run":  {func(f map[string]revision.File) { f["hooks/start.sh"] = revision.File{Data: []byte("#!/bin/bash\n")} }, "hooks/start.sh: is no executable file"},
		"an AppSpec file too odd": {func(f map[string]revision.File) { f["appspec.yml"] = revision.File{Data: []byte("os: &a b")} }, "is more YAML than is read here"},
	} {
		t.Run(name, func(t *testing.T) {
			files := smallRevision()
			test.change(files)
			if _, err := revision.Archive(files); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v; want %q", err, test.says)
			}
		})
	}
}

func TestAFolderIsReadWithItsModesAndNothingButFiles(t *testing.T) {
	files, err := revision.Read(fstest.MapFS{"a/b": {Data: []byte("x"), Mode: 0o755}, "c": {Data: []byte("y"), Mode: 0o600}})
	if err != nil || len(files) != 2 || !files["a/b"].Executable || files["c"].Executable {
		t.Errorf("got %+v, %v", files, err)
	}
	folder := t.TempDir()
	if err := os.Symlink("/etc/passwd", filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	if _, err := revision.Read(os.DirFS(folder)); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("got %v", err)
	}
}

// The command as people and pipelines run it, twice: from another folder, with another
// umask and another time of the files.
func TestTwoBuildsOfACommitAreTheSameByteForByte(t *testing.T) {
	t.Parallel()
	module := filepath.Join("..", "..")
	copied := filepath.Join(t.TempDir(), "elsewhere")
	if output, err := exec.Command("cp", "-r", module, copied).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	const commit = "89abcdef0123456789abcdef0123456789abcdef"
	out := t.TempDir()
	var archives [][]byte
	for i, folder := range []string{module, copied} {
		zipped, err := filepath.Abs(filepath.Join(out, string(rune('a'+i))+".zip"))
		if err != nil {
			t.Fatal(err)
		}
		command := exec.Command("bash", "-c", `umask 0077; go run ./cmd/revision -commit "$1" -output "$2"`, "bash", commit, zipped)
		command.Dir = folder
		command.Stderr = os.Stderr
		said, err := command.Output()
		if err != nil {
			t.Fatal(err)
		}
		archive, err := os.ReadFile(zipped)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(string(said)); got != revision.Digest(archive) {
			t.Errorf("it says %s of an archive whose digest is %s", got, revision.Digest(archive))
		}
		archives = append(archives, archive)
	}
	if !bytes.Equal(archives[0], archives[1]) {
		t.Error("two builds of the same commit differ")
	}
	holdsWhatAppSpecNames(t, archives[0], commit)
}

func holdsWhatAppSpecNames(t *testing.T, archive []byte, commit string) {
	t.Helper()
	read, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	modes, names, content := map[string]os.FileMode{}, []string{}, map[string][]byte{}
	for _, entry := range read.File {
		modes[entry.Name], names = entry.Mode(), append(names, entry.Name)
		content[entry.Name] = contentOf(t, entry)
	}
	if !slices.IsSorted(names) {
		t.Errorf("entries are not sorted: %v", names)
	}
	spec, err := appspec.Parse(string(content[revision.AppSpec]))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]os.FileMode{revision.AppSpec: 0o644, revision.Binary: 0o755}
	for _, file := range spec.Files {
		want[file.Source] = modes[file.Source] | 0o644
	}
	for _, scripts := range spec.Hooks {
		for _, script := range scripts {
			want[script.Location] = 0o755
		}
	}
	if !maps.Equal(modes, want) || len(want) != 9 {
		t.Errorf("the archive has %v; the AppSpec file wants %v", modes, want)
	}
	if binary := content[revision.Binary]; !bytes.Contains(binary, []byte(commit)) || bytes.Contains(binary, []byte(os.TempDir())) {
		t.Error("the binary does not know its commit, or knows where it was built")
	}
}

func contentOf(t *testing.T, entry *zip.File) []byte {
	t.Helper()
	opened, err := entry.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(opened)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheCommandRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args []string
		says string
	}{
		"a short commit":       {[]string{"-commit=89abcde"}, "is not a commit's hash"},
		"flags for the linker": {[]string{"-commit=89abcdef0123456789abcdef0123456789abcdef", "-version=1 -X main.commit=0"}, "is not a version"},
		"no module":            {[]string{"-commit=89abcdef0123456789abcdef0123456789abcdef", "-source=cmd"}, "codedeploy:"},
		"no repository":        {[]string{"-source=/"}, "HEAD: is not known here"},
	} {
		t.Run(name, func(t *testing.T) {
			command := exec.Command("go", append([]string{"run", "./cmd/revision", "-output", filepath.Join(t.TempDir(), "app.zip")}, test.args...)...)
			command.Dir = filepath.Join("..", "..")
			if output, err := command.CombinedOutput(); err == nil || !strings.Contains(string(output), test.says) {
				t.Errorf("got %v: %s", err, output)
			}
		})
	}
}
