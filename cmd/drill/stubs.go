package main

import "context"

func (r *rig) playSteps(ctx context.Context) (verdict, error) { return verdict{}, nil }
func (r *rig) playWebhooks(ctx context.Context) (verdict, error) { return verdict{}, nil }
func (r *rig) playStripe(ctx context.Context) (verdict, error) { return verdict{}, nil }
func (r *rig) playPostgres(ctx context.Context) (verdict, error) { return verdict{}, nil }
func (r *rig) playRestore(ctx context.Context) (verdict, error) { return verdict{}, nil }
