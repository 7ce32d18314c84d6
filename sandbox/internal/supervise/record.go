package supervise

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
)

// Record is what a running sandbox leaves in run.json, and all that other
// commands know of it.
type Record struct {
	Root       string           `json:"root"`       // the checkout it belongs to
	Endpoint   string           `json:"endpoint"`   // of the gate to the AWS emulator: http://127.0.0.1:port
	Secrets    string           `json:"secrets"`    // of the secrets service: http://127.0.0.1:port
	Clusters   string           `json:"clusters"`   // starts Kubernetes control planes: http://127.0.0.1:port
	Subscriber string           `json:"subscriber"` // of who hears of alarms, with its key: https://127.0.0.1:port/integration/<key>/enqueue
	Supervisor process.Identity `json:"supervisor"`
	Moto       process.Identity `json:"moto"`
	Started    time.Time        `json:"started"`
}

// ErrNotRunning is returned when there is no cloud to talk to.
var ErrNotRunning = errors.New("the sandbox is not running, start it with: make up")

// Read returns the record of the running sandbox at l. It fails with
// ErrNotRunning when there is none, or when what run.json names has ended.
func Read(l layout.Layout) (Record, error) {
	record, err := read(l)
	if err != nil {
		return Record{}, err
	}
	if !record.Supervisor.Alive() || !record.Moto.Alive() {
		return Record{}, ErrNotRunning
	}
	return record, nil
}

// read returns what the file says, alive or not.
func read(l layout.Layout) (Record, error) {
	raw, err := os.ReadFile(l.RunFile())
	if errors.Is(err, os.ErrNotExist) {
		return Record{}, ErrNotRunning
	}
	if err != nil {
		return Record{}, fmt.Errorf("record of the running sandbox: %w", err)
	}
	var record Record
	if err := json.Unmarshal(raw, &record); err != nil {
		return Record{}, fmt.Errorf("%s: %w; remove it with: make down", l.RunFile(), err)
	}
	return record, nil
}

// write replaces the file in one step, so that no reader sees half of it.
func (r Record) write(l layout.Layout) error {
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	next := filepath.Join(filepath.Dir(l.RunFile()), ".run.json.next")
	if err := os.WriteFile(next, append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("record of the running sandbox: %w", err)
	}
	return os.Rename(next, l.RunFile())
}

// healthy reports whether the emulator at endpoint answers.
func healthy(endpoint string) bool {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{Proxy: nil}}
	response, err := client.Get(endpoint + "/moto-api/")
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}
