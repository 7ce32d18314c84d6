package progress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStepAnnouncesAndTimes(t *testing.T) {
	var screen bytes.Buffer
	p := New(&screen)
	require.NoError(t, p.Step("engine", "compile pulumi", "5 min", filepath.Join(t.TempDir(), "log"), func(log io.Writer) error {
		_, err := io.WriteString(log, "kept out of the screen")
		return err
	}))
	assert.Contains(t, screen.String(), "engine           compile pulumi (usually 5 min)")
	assert.Contains(t, screen.String(), "done in 0.0 s")
	assert.NotContains(t, screen.String(), "kept out")
	require.Len(t, p.Timings(), 1)
	assert.Equal(t, "engine", p.Timings()[0].Step)
}

func TestFailedStepShowsTheEndOfItsLog(t *testing.T) {
	var screen bytes.Buffer
	p := New(&screen)
	err := p.Step("engine", "compile", "", filepath.Join(t.TempDir(), "log"), func(log io.Writer) error {
		for i := range 100 {
			if _, err := fmt.Fprintf(log, "line %d\n", i); err != nil {
				return err
			}
		}
		return errors.New("exit status 1")
	})
	require.ErrorContains(t, err, "engine: exit status 1")
	assert.Contains(t, screen.String(), "line 99")
	assert.NotContains(t, screen.String(), "line 50\n")
	assert.Empty(t, p.Timings())
}

func TestBeatBreaksTheSilence(t *testing.T) {
	var screen bytes.Buffer
	p := New(&screen)
	p.last = time.Now().Add(-Heartbeat)
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	p.Beat(ctx, "engine", time.Now().Add(-time.Minute))
	assert.Contains(t, screen.String(), "engine           ... 1 min 1 s")
}

func TestRound(t *testing.T) {
	for text, d := range map[string]time.Duration{
		"0.4 s": 400 * time.Millisecond, "12 s": 12300 * time.Millisecond, "4 min 44 s": 284 * time.Second,
	} {
		assert.Equal(t, text, Round(d))
	}
}
