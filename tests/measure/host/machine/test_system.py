"""Containers, hypervisors, clocks and load, from made-up files."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.measure.host.machine.system import container, system, virtualisation
from tests.measure.trees import a_tree

FIRST = {
    "proc/self/ns/pid": "@pid:[4026531836]",
    "proc/self/ns/uts": "@uts:[4026531838]",
    "proc/self/ns/ipc": "@ipc:[4026531839]",
    "proc/self/ns/cgroup": "@cgroup:[4026531835]",
}
OWN = {**FIRST, "proc/self/ns/pid": "@pid:[4026532513]"}
PROC = {"proc/self/cgroup": "0::/\n"}


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({".dockerenv": ""}, "docker"),
        ({"run/.containerenv": 'engine="podman-4.9"'}, "podman"),
        ({".dockerenv": "", "run/secrets/kubernetes.io/serviceaccount/token": "x"}, "kubernetes"),
        ({"run/systemd/container": "lxc\n"}, "lxc"),
        ({"proc/1/environ": "PATH=/bin\0container=systemd-nspawn\0"}, "systemd-nspawn"),
        ({"proc/self/cgroup": "0::/kubepods.slice/kubepods-burstable.slice/x\n"}, "kubernetes"),
        ({"proc/self/cgroup": "3:cpu:/docker/abc\n"}, "docker"),
        ({"proc/self/cgroup": "3:cpu:/lxc/web\n"}, "lxc"),
        ({}, "of an unknown kind"),
    ],
)
def test_a_container_is_named_by_its_signs(
    tmp_path: Path, files: Mapping[str, str], kind: str
) -> None:
    assert container(a_tree(tmp_path, {**PROC, **OWN, **files})) == kind


def test_signs_count_too_where_namespaces_are_not_told(tmp_path: Path) -> None:
    assert container(a_tree(tmp_path, {**PROC, ".dockerenv": ""})) == "docker"


def test_an_image_that_became_a_disk_is_no_container(tmp_path: Path) -> None:
    assert container(a_tree(tmp_path, {**PROC, **FIRST, ".dockerenv": ""})) == ""


def test_a_system_without_proc_does_not_tell_its_container(tmp_path: Path) -> None:
    assert container(tmp_path) is None


X86 = {"proc/cpuinfo": "processor : 0\nflags : fpu vme hypervisor sse\n"}
DMI = "sys/class/dmi/id"
CLOCKS = "sys/devices/system/clocksource/clocksource0/available_clocksource"


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"proc/cpuinfo": "flags : fpu vme sse\n"}, ""),
        # A machine of metal that a cloud lends.
        ({"proc/cpuinfo": "flags : fpu\n", f"{DMI}/sys_vendor": "Amazon EC2\n"}, ""),
        ({**X86, f"{DMI}/sys_vendor": "QEMU\n", f"{DMI}/product_name": "PC Q35\n"}, "QEMU PC Q35"),
        ({**X86, CLOCKS: "tsc kvm-clock acpi_pm\n"}, "KVM"),
        ({**X86, "sys/hypervisor/type": "xen\n"}, "Xen"),
        (
            {**X86, "proc/sys/kernel/osrelease": "6.6.36-microsoft-standard-WSL2\n"},
            "WSL, a virtual machine of Windows",
        ),
        (X86, "of an unknown kind"),
        # Other processors have no flag for it.
        (
            {"proc/cpuinfo": "Features : fp\n", f"{DMI}/product_name": "KVM Virtual\n"},
            "KVM Virtual",
        ),
        ({"proc/cpuinfo": "Features : fp asimd\n"}, None),
        ({}, None),
    ],
)
def test_a_virtual_machine_is_named_as_far_as_it_says(
    tmp_path: Path, files: Mapping[str, str], kind: str | None
) -> None:
    assert virtualisation(a_tree(tmp_path, files)) == kind


def test_clock_layout_load_and_uptime_are_read(tmp_path: Path) -> None:
    files = {
        "sys/devices/system/clocksource/clocksource0/current_clocksource": "hpet\n",
        "proc/sys/kernel/randomize_va_space": "2\n",
        "proc/loadavg": "1.25 0.50 0.10 2/300 4711\n",
        "proc/uptime": "3600.50 7000.00\n",
    }
    found = system(a_tree(tmp_path, files))
    assert (found.clock_source, found.randomised) == ("hpet", True)
    assert (found.load, found.uptime) == (1.25, 3_600.5)


def test_a_layout_that_is_the_same_for_all_is_told(tmp_path: Path) -> None:
    root = a_tree(tmp_path, {"proc/sys/kernel/randomize_va_space": "0\n"})
    assert system(root).randomised is False


@pytest.mark.parametrize(
    ("plugs", "battery"), [({}, None), ({"AC": "0"}, True), ({"AC": "0", "USB-C": "1"}, False)]
)
def test_without_power_at_any_plug_it_runs_on_its_battery(
    tmp_path: Path, plugs: Mapping[str, str], battery: bool | None
) -> None:
    folder = "sys/class/power_supply"
    files = {f"{folder}/BAT0/type": "Battery\n"}
    for name, online in plugs.items():
        files |= {f"{folder}/{name}/type": "Mains\n", f"{folder}/{name}/online": online}
    assert system(a_tree(tmp_path, files)).on_battery is battery


def test_what_the_system_does_not_tell_is_not_made_up(tmp_path: Path) -> None:
    found = system(tmp_path)
    untold = (found.container, found.virtualisation, found.clock_source)
    assert {*untold, found.randomised, found.on_battery} == {None}
    assert not found.tells_others
    assert found.clock
    assert found.tick > 0
