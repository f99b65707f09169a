/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* A VrfEnvCard that follows a backend: environment, connection and the age of the data. */
GtkWidget *
vrf_env_foot_new (VrfBackend *backend, gboolean compact);

G_END_DECLS
