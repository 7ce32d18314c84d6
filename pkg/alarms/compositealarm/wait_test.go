package compositealarm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms/compositealarm"
)

func TestAPageWaitsAMinuteToTen(t *testing.T) {
	for _, test := range []struct{ slowest, fastest, want int }{
		{300, 120, 240}, {300, 300, 60}, {120, 300, 60}, {0, 0, 60}, {600, 60, 600}, {3600, 60, 600},
	} {
		assert.Equal(t, test.want, compositealarm.WaitSeconds(test.slowest, test.fastest), "%+v", test)
	}
}
