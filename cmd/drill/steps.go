package main

import (
	"context"
	"path/filepath"
	"time"
)

// calmEach is what a payment may take in the calm.
const calmEach = 200 * time.Millisecond

// playSteps lets a payment of each course go well while the program writes down the
// points that it passes, and then lets it end at each of them.
func (r *rig) playSteps(ctx context.Context) (v verdict, err error) {
	file := filepath.Join(r.folder, "points")
	t, err := r.openTill(ctx, tillSize{coops: 1, members: oldMembers, environ: []string{"MEENT_DRILL_POINTS=" + file}})
	if err != nil {
		return v, err
	}
	r.phase("open")
	if err := t.playCourses(ctx); err != nil {
		return v, err
	}
	names, err := readPoints(file)
	if err != nil {
		return v, err
	}
	r.phase("points known")
	missed, err := t.endAtAll(ctx, r.sequence(names))
	if err != nil {
		return v, err
	}
	r.phase("calm")
	r.calm += time.Duration(len(t.all())) * calmEach
	t.door.environ = dropPoint(t.door.environ)
	if err := t.calmAfterEnds(ctx); err != nil {
		return v, err
	}
	if err := t.decideDisputes(ctx); err != nil {
		return v, err
	}
	r.judgePoints(&v, names)
	r.say(&v, len(missed) == 0, "%d points never came again%s", len(missed), some(missed))
	return v, t.judge(ctx, &v)
}
