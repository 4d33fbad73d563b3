package coaching

import (
	"context"

	"meent/members"
)

// What members, coaches and coordinators write to each other is sealed with the
// key of the member whom it is about: see members.SealTx.

// keptQuestion is a question as its row has it.
type keptQuestion struct {
	Question
	asker        members.PersonID
	text, answer []byte
}

func textColumn(q QuestionID) string   { return "question.text@" + q.String() }
func answerColumn(q QuestionID) string { return "question.answer@" + q.String() }

// openQuestions opens the words of all, whoever asked, at once.
func (s *Service) openQuestions(ctx context.Context, kept []keptQuestion) ([]Question, error) {
	list := make([]Question, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Question
		q := &list[i]
		texts = append(texts,
			members.SealedText{Person: k.asker, Column: textColumn(q.ID), Sealed: k.text, Into: &q.Text, Gone: &q.Gone},
			members.SealedText{Person: k.asker, Column: answerColumn(q.ID), Sealed: k.answer, Into: &q.Answer, Gone: &q.Gone})
	}
	return list, s.people.OpenAll(ctx, s.db, texts)
}

// keptReport is a report as its row has it.
type keptReport struct {
	Report
	reporter   members.PersonID
	text, done []byte
}

func reportColumn(r ReportID) string { return "report.text@" + r.String() }
func doneColumn(r ReportID) string   { return "report.done@" + r.String() }

// openReports opens the words of all, whoever reported, at once.
func (s *Service) openReports(ctx context.Context, kept []keptReport) ([]Report, error) {
	list := make([]Report, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Report
		r := &list[i]
		texts = append(texts,
			members.SealedText{Person: k.reporter, Column: reportColumn(r.ID), Sealed: k.text, Into: &r.Text, Gone: &r.Gone},
			members.SealedText{Person: k.reporter, Column: doneColumn(r.ID), Sealed: k.done, Into: &r.Done, Gone: &r.Gone})
	}
	return list, s.people.OpenAll(ctx, s.db, texts)
}
