#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification service for the closed test bus: takes every notification and shows none.

Without one GLib warns at the first notification, and a warning ends a test.
"""
from gi.repository import Gio, GLib

INTERFACE = '''
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg direction="out" type="as"/></method>
    <method name="GetServerInformation">
      <arg direction="out" type="s"/><arg direction="out" type="s"/>
      <arg direction="out" type="s"/><arg direction="out" type="s"/>
    </method>
    <method name="Notify">
      <arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
      <arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
      <arg direction="in" type="a{sv}"/><arg direction="in" type="i"/>
      <arg direction="out" type="u"/>
    </method>
    <method name="CloseNotification"><arg direction="in" type="u"/></method>
  </interface>
</node>
'''


class Service:
    def __init__(self):
        self.last_id = 0

    def call(self, _connection, _sender, _path, _interface, method, _parameters, invocation):
        if method == 'GetCapabilities':
            reply = GLib.Variant('(as)', (['actions', 'body'],))
        elif method == 'GetServerInformation':
            reply = GLib.Variant('(ssss)', ('mute', 'tests', '1', '1.2'))
        elif method == 'Notify':
            self.last_id += 1
            reply = GLib.Variant('(u)', (self.last_id,))
        else:
            reply = None
        invocation.return_value(reply)


def main():
    service = Service()
    node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
    loop = GLib.MainLoop()

    def acquired(connection, _name):
        connection.register_object('/org/freedesktop/Notifications', node.interfaces[0], service.call, None, None)

    Gio.bus_own_name(Gio.BusType.SESSION, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE,
                     acquired, None, lambda *_: loop.quit())
    loop.run()


if __name__ == '__main__':
    main()
