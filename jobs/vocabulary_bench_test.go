package jobs_test

import (
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

func BenchmarkMore(b *testing.B) {
	v, err := jobs.ReadVocabulary()
	if err != nil {
		b.Fatal(err)
	}
	d := jobs.Document{Title: "Kantoorschoonmaak na werktijd", Language: members.Dutch, First: time.Now(),
		Description: "Je maakt de bureaus schoon en zuigt de vloer. Het is stil in het gebouw. Je krijgt een lijst met de stappen."}
	for b.Loop() {
		v.More(d)
	}
}
