package compositealarm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms/compositealarm"
)

func TestAPageWaitsAMinuteToFive(t *testing.T) {
	for _, test := range []struct{ slowest, fastest, want int }{
		{300, 120, 240}, {300, 300, 60}, {120, 300, 60}, {0, 0, 60}, {300, 60, 300}, {600, 60, 300}, {3600, 60, 300},
	} {
		assert.Equal(t, test.want, compositealarm.WaitSeconds(test.slowest, test.fastest), "%+v", test)
	}
}
