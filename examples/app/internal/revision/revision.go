// Package revision makes the archive that CodeDeploy deploys to instances. The same
// files make the same archive, byte for byte: entries are sorted, have one time and one of
// two modes, and no name of who made them.
package revision

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"example.com/app/internal/appspec"
)

// Binary is where the application is in the archive, and AppSpec what CodeDeploy reads.
const (
	Binary  = "bin/app"
	AppSpec = "appspec.yml"
)

// epoch is the first time that a zip archive can hold.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// File is a file of an archive.
type File struct {
	Data       []byte
	Executable bool
}

// Read reads the files of a folder, by their paths in it.
func Read(folder fs.FS) (map[string]File, error) {
	files := map[string]File{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s: %s: is not a file: remove it from the revision", name, info.Mode())
		}
		data, err := fs.ReadFile(folder, name)
		files[filepath.ToSlash(name)] = File{Data: data, Executable: info.Mode()&0o100 != 0}
		return err
	})
	return files, err
}

// Archive makes the archive, and refuses files of which the AppSpec file names one that is
// not there, or a hook that cannot be run.
func Archive(files map[string]File) ([]byte, error) {
	if err := check(files); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch}
		header.SetMode(0o644)
		if files[name].Executable {
			header.SetMode(0o755)
		}
		entry, err := archive.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(files[name].Data); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

func check(files map[string]File) error {
	spec, err := appspec.Parse(string(files[AppSpec].Data))
	if err != nil {
		return fmt.Errorf("%s: %w", AppSpec, err)
	}
	var problems []error
	for _, file := range spec.Files {
		if _, there := files[file.Source]; !there {
			problems = append(problems, fmt.Errorf("%s: %s: is not in the revision: add it, or remove it from files", AppSpec, file.Source))
		}
	}
	for _, event := range spec.Order {
		for _, script := range spec.Hooks[event] {
			if !files[script.Location].Executable {
				problems = append(problems, fmt.Errorf("%s: %s: %s: is no executable file of the revision: add it, chmod 755", AppSpec, event, script.Location))
			}
		}
	}
	return errors.Join(problems...)
}

// Digest is an archive's, as pipelines name it: sha256:<64 hex digits>.
func Digest(archive []byte) string {
	sum := sha256.Sum256(archive)
	return "sha256:" + hex.EncodeToString(sum[:])
}
