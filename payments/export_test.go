package payments

// SelectUnanswered is asked how it would be run.
const SelectUnanswered = selectUnanswered
