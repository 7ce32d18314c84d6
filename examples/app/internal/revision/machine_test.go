package revision_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/app/internal/appspec"
	"example.com/app/internal/revision"
)

// machine is a directory that the hooks take for an instance. It deploys as CodeDeploy's
// agent does: ApplicationStop is of the last revision that succeeded, what the last Install
// copied is removed before the next one copies.
type machine struct {
	root, state, calls string
	port               int
	environment        map[string]string
	last               string
	installed          []string
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	m := &machine{root: t.TempDir(), state: t.TempDir(), calls: filepath.Join(t.TempDir(), "calls"), port: freePort(t)}
	m.environment = map[string]string{
		"DEPLOYMENT_GROUP_NAME": "production-blue", "APPLICATION_NAME": "production", "DEPLOYMENT_ID": "d-1",
		"PORT": strconv.Itoa(m.port), "VALIDATE_SECONDS": "30",
	}
	m.put(t, "/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
	m.put(t, "/etc/systemd/system/placeholder.service", "[Service]\nExecStart=/usr/bin/python3\n")
	t.Cleanup(func() { m.stopAll(t) })
	return m
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

func (m *machine) put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(m.root+name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.root+name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// stopAll ends what the units have started, by the ids that were written down.
func (m *machine) stopAll(t *testing.T) {
	pids, err := filepath.Glob(filepath.Join(m.state, "*.pid"))
	if err != nil {
		t.Error(err)
	}
	for _, file := range pids {
		if pid := m.pid(t, strings.TrimSuffix(filepath.Base(file), ".pid")); pid > 0 {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended meanwhile
		}
	}
}

// pid is the process of a unit, 0 where none was started.
func (m *machine) pid(t *testing.T, unit string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.state, unit+".pid"))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// deploy deploys an unpacked revision, and returns the calls of the hooks and the error of
// the event that failed.
func (m *machine) deploy(t *testing.T, folder string) (calls []string, err error) {
	t.Helper()
	_ = os.Remove(m.calls) // of the deployment before
	spec := m.spec(t, folder)
	if m.last != "" {
		err = m.event(t, m.last, m.spec(t, m.last), "ApplicationStop")
	}
	for _, step := range []func() error{
		func() error { return m.event(t, folder, spec, "BeforeInstall") },
		func() error { return m.install(folder, spec) },
		func() error { return m.event(t, folder, spec, "AfterInstall") },
		func() error { return m.event(t, folder, spec, "ApplicationStart") },
		func() error { return m.event(t, folder, spec, "ValidateService") },
	} {
		if err == nil {
			err = step()
		}
	}
	if err == nil {
		m.last = folder
	}
	text, _ := os.ReadFile(m.calls) // none where no hook called anything
	return strings.Split(strings.TrimSpace(string(text)), "\n"), err
}

func (m *machine) spec(t *testing.T, folder string) appspec.Spec {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, revision.AppSpec))
	if err != nil {
		t.Fatal(err)
	}
	spec, err := appspec.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// event runs the scripts of an event, each no longer than its time-out.
func (m *machine) event(t *testing.T, folder string, spec appspec.Spec, event string) error {
	t.Helper()
	for _, script := range spec.Hooks[event] {
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(script.Seconds)*time.Second)
		defer cancel()
		fakes, err := filepath.Abs("testdata/bin")
		if err != nil {
			t.Fatal(err)
		}
		command := exec.CommandContext(ctx, filepath.Join(folder, script.Location))
		command.Dir = "/"
		command.Env = []string{"PATH=" + fakes + ":" + os.Getenv("PATH"), "ROOT=" + m.root, "STATE=" + m.state, "CALLS=" + m.calls, "LIFECYCLE_EVENT=" + event}
		for name, value := range m.environment {
			command.Env = append(command.Env, name+"="+value)
		}
		if output, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", event, err, output)
		}
	}
	return nil
}

// install copies the files, and gives them what permissions says, but for their owner:
// the test's user is not always root.
func (m *machine) install(folder string, spec appspec.Spec) error {
	for _, name := range m.installed {
		if err := os.Remove(m.root + name); err != nil {
			return err
		}
	}
	m.installed = nil
	for _, file := range spec.Files {
		name := path.Join(file.Destination, path.Base(file.Source))
		if _, err := os.Stat(m.root + name); err == nil && !spec.Overwrite {
			return fmt.Errorf("Install: %s: the file exists already", name)
		}
		data, err := os.ReadFile(filepath.Join(folder, file.Source))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(m.root+name), 0o755); err != nil {
			return err
		}
		if err := writeExecutable(m.root+name, data); err != nil {
			return err
		}
		// Its mode is what permissions says, and nobody's where it says none.
		if err := os.Chmod(m.root+name, 0); err != nil {
			return err
		}
		m.installed = append(m.installed, name)
	}
	for _, permission := range spec.Permissions {
		if err := os.Chmod(m.root+permission.Object, fs.FileMode(permission.Mode)); err != nil {
			return err
		}
	}
	return nil
}

// tree is every file of the machine but logs, with its mode and a digest of its text.
func (m *machine) tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(m.root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".log") {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name)
		files[strings.TrimPrefix(name, m.root)] = info.Mode().String() + " " + revision.Digest(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// writeExecutable writes a file that is run soon. A process that another test forks meanwhile
// would hold it open for writing a moment longer, and Linux refuses to run it (golang/go#22315).
func writeExecutable(name string, data []byte) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(name, data, 0o755)
}

// unpacked makes the revision of a binary, through its archive.
func unpacked(t *testing.T, binary []byte) string {
	t.Helper()
	files, err := revision.Read(os.DirFS("../../codedeploy"))
	if err != nil {
		t.Fatal(err)
	}
	files[revision.Binary] = revision.File{Data: binary, Executable: true}
	archive, err := revision.Archive(files)
	if err != nil {
		t.Fatal(err)
	}
	read, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, entry := range read.File {
		name := filepath.Join(folder, filepath.FromSlash(entry.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := writeExecutable(name, contentOf(t, entry)); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, entry.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
