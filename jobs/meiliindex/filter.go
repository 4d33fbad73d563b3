package meiliindex

import (
	"fmt"
	"strings"
	"time"

	"meent/jobs"
)

// filter is the conditions that a gig meets or not, its cooperative always.
func filter(q jobs.Query) string {
	all := []string{"cooperative = " + quote(q.Cooperative.String())}
	if len(q.Skills) > 0 {
		all = append(all, "skills IN "+quotes(q.Skills))
	}
	if len(q.Groups) > 0 {
		all = append(all, "groups IN "+quotes(q.Groups))
	}
	if q.Load != "" {
		all = append(all, "load = "+quote(string(q.Load)))
	}
	if q.Metres > 0 {
		all = append(all, fmt.Sprintf("_geoRadius(%f, %f, %d)", q.Near.Lat, q.Near.Lon, q.Metres))
	}
	if !q.From.IsZero() {
		all = append(all, fmt.Sprintf("first >= %d", seconds(q.From)))
	}
	if !q.Until.IsZero() {
		all = append(all, fmt.Sprintf("first < %d", seconds(q.Until)))
	}
	return strings.Join(all, " AND ")
}

// seconds rounds up: a whole second is at or after it as it is at or after the
// moment.
func seconds(moment time.Time) int64 { return moment.Add(time.Second - time.Nanosecond).Unix() }

func quotes(values []string) string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = quote(value)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// quote keeps a value inside its quotes. No code of ours holds what it drops.
func quote(value string) string {
	return `"` + strings.Map(func(r rune) rune {
		if r < ' ' || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, "")) + `"`
}
